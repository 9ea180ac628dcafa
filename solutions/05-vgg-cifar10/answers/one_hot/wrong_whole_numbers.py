# Whole numbers in place of float32.
# Loses: test_one_hot
# Told: dtype int64
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    flat = labels.reshape(-1).astype(int)
    if np.any(flat < 0) or np.any(flat >= classes):
        raise ValueError("label out of range")
    return np.eye(classes, dtype=int)[flat]
