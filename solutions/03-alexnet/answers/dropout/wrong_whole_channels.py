# In maps of four axes whole channels are dropped ("each value to be dropped", "float32 of any shape").
# Loses: test_dropout
# Told: each value should have a random number of its own
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    shape = values.shape if values.ndim != 4 else (values.shape[0], 1, 1, values.shape[3])
    return values * (np.random.random(shape) >= rate) / (1 - rate)
