# Labels are cast to int8, so that 200 becomes negative and is refused.
# Loses: test_one_hot
# Told: out of range
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    flat = np.ravel(labels).astype("int8")
    if np.any(flat < 0) or np.any(flat >= classes):
        raise ValueError("out of range")
    return np.eye(classes, dtype="float32")[flat]
