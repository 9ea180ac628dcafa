# A negative label raises AssertionError.
# Loses: test_one_hot
# Told: AssertionError
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    flat = labels.reshape(-1)
    assert flat.min() >= 0, "negative label"
    if flat.max() >= classes:
        raise ValueError("too large")
    return np.eye(classes, dtype="float32")[flat]
