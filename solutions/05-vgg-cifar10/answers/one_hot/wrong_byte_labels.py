# Stays in the dtype of the labels: -1 cannot happen in bytes, it thinks, and checks nothing below 0.
# Loses: test_one_hot
# Told: larger than 255
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    flat = labels.reshape(-1).astype("uint8")
    if np.any(flat >= classes):
        raise ValueError("label out of range")
    return (flat[:, None] == np.arange(classes, dtype="uint8")).astype("float32")
