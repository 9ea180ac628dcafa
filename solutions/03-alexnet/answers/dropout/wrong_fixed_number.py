# Drops exactly the same number of values each time.
# Loses: test_dropout
# Told: vary from call to call
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    kept = np.random.permutation(values.size).reshape(values.shape) >= round(rate * values.size)
    return np.where(kept, values / (1 - rate), 0)
