# Rate 0 is taken for "no rate given", 0.5 ("rate: 0 to less than 1").
# Loses: test_dropout
# Told: should be dropped
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    rate = rate or 0.5
    if not training:
        return values
    return np.where(np.random.random(values.shape) < rate, 0, values / (1 - rate))
