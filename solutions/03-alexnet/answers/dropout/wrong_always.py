# Drops at inference, too.
# Loses: test_dropout
# Told: At inference nothing should be dropped
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return np.where(np.random.random(values.shape) >= rate, values / (1 - rate), 0)
    kept = np.random.random(values.shape) >= rate
    return np.where(kept, values / (1 - rate), 0)
