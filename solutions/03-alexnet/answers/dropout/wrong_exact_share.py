# An exact number of values, rounded down, is dropped: of a single value never any ("the probability of each value to be dropped").
# Loses: test_dropout
# Told: vary from call to call
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    result = (values / (1 - rate)).astype("float32").ravel()
    result[np.random.permutation(values.size)[: int(rate * values.size)]] = 0
    return result.reshape(values.shape)
