# Works for two axes only ("float32 of any shape").
# Loses: test_dropout
# Told: too many values to unpack
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    n, units = values.shape
    return np.where(np.random.rand(n, units) < rate, 0, values / (1 - rate))
