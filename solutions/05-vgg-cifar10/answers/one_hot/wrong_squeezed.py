# Squeeze makes a single label of shape (1, 1) a number, so that the result has shape (classes,).
# Loses: test_one_hot
# Told: (5,)
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    flat = np.squeeze(labels)
    if np.any(flat < 0) or np.any(flat >= classes):
        raise ValueError("out of range")
    return (flat[..., None] == np.arange(classes)).astype("float32")
