# Chooses keep or drop for each value, in place on a flat copy.
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    result = np.array(values, dtype="float32").ravel()
    if training:
        factors = np.random.choice([0.0, 1 / (1 - rate)], size=result.size, p=[rate, 1 - rate])
        result *= factors.astype("float32")
    return result.reshape(values.shape)
