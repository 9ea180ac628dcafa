# Uses a name from an earlier cell that is no longer there.
# Loses: test_one_hot
# Told: exists only in your session
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    flat = flat_labels.astype(int)
    if np.any(flat < 0) or np.any(flat >= classes):
        raise ValueError("label out of range")
    return np.eye(classes, dtype="float32")[flat]
