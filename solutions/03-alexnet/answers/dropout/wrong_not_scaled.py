# Drops, but scales nothing in training.
# Loses: test_dropout
# Told: the kept values are not scaled
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    kept = np.random.random(values.shape) >= rate
    return np.where(kept, values, 0)
