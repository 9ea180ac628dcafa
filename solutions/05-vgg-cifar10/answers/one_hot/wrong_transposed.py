# One column for each label instead of one row.
# Loses: test_one_hot
# Told: rows and columns are swapped
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    flat = labels.reshape(-1).astype(int)
    if np.any(flat < 0) or np.any(flat >= classes):
        raise ValueError("label out of range")
    return np.eye(classes, dtype="float32")[flat].T
