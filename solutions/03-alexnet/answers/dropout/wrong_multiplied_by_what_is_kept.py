# Multiplies by 1 - rate instead of dividing.
# Loses: test_dropout
# Told: multiplied by 1 - rate
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    kept = np.random.random(values.shape) >= rate
    return np.where(kept, values * (1 - rate), 0)
