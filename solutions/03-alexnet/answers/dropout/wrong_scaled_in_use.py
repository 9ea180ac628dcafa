# The paper's way: scales at inference, not in training.
# Loses: test_dropout
# Told: inverted dropout changes nothing at inference
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values * (1 - rate)
    kept = np.random.random(values.shape) >= rate
    return np.where(kept, values, 0)
