# Forgets to return the values when this is not training.
# Loses: test_dropout
# Told: every path
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if training:
        kept = np.random.random(values.shape) >= rate
        return np.where(kept, values / (1 - rate), 0)
