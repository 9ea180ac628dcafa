# Compares a column of labels with a row of class numbers.
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    flat = np.asarray(labels).reshape(-1)
    if np.any(flat < 0) or np.any(flat >= classes):
        raise ValueError(f"labels must be 0 to {classes - 1}")
    return (flat[:, np.newaxis] == np.arange(classes)).astype("float32")
