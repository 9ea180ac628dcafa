# One throw for all images: the array of throws has the shape of the first one.
# Loses: test_dropout
# Told: a random number of its own
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    kept = np.random.random((1, *values.shape[1:])) >= rate
    return np.where(kept, values / (1 - rate), 0)
