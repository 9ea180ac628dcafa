# Forgets that labels may be a column: an axis too many comes out.
# Loses: test_one_hot
# Told: an axis too many
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    if np.any(labels < 0) or np.any(labels >= classes):
        raise ValueError("label out of range")
    return np.eye(classes, dtype="float32")[labels]
