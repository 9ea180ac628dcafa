# At inference the values are rounded to float16 ("return the values as they are").
# Loses: test_dropout
# Told: At inference nothing should be changed
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if training:
        return np.where(np.random.random(values.shape) < rate, 0, values / (1 - rate))
    return values.astype("float16").astype("float32")
