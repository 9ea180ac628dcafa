# The rate is rounded to quarters ("the probability of each value to be dropped"), the scale is right.
# Loses: test_dropout
# Told: should be dropped
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    return np.where(np.random.randint(0, 4, values.shape) < round(4 * rate), 0, values / (1 - rate))
