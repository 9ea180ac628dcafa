# Multiplies by a mask of infinities to drop, which gives NaN or infinity.
# Loses: test_dropout
# Told: NaN or infinity
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    kept = np.random.random(values.shape) >= rate
    return values / (kept * (1 - rate))
