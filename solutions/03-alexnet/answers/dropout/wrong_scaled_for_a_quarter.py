# What is kept is always multiplied by 4/3 ("divided by 1 - rate"); right for rate 0.25.
# Loses: test_dropout
# Told: scaled for a rate of 0.25
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    return np.where(np.random.random(values.shape) < rate, 0, values * 4 / 3)
