# Sets values to zero in the array that was handed in.
# Loses: test_dropout
# Told: work on a copy
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if training:
        values[np.random.random(values.shape) < rate] = 0
        values = values / (1 - rate)
    return values
