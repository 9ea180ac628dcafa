# A mask of float32 times the values, a copy at inference.
dice = np.random.default_rng(2024)


def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if training:
        mask = (dice.random(values.shape, dtype="float32") >= rate).astype("float32")
        return values * mask / np.float32(1 - rate)
    return values.copy()
