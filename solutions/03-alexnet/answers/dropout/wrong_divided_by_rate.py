# Divides by the rate.
# Loses: test_dropout
# Told: divided by the rate
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    kept = np.random.random(values.shape) >= rate
    return np.where(kept, values / rate, 0)
