# Takes the rate for the probability to be kept.
# Loses: test_dropout
# Told: not of being kept
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    kept = np.random.random(values.shape) < rate
    return np.where(kept, values / (1 - rate), 0)
