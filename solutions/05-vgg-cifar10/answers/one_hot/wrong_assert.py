# An assert in place of a ValueError.
# Loses: test_one_hot
# Told: but raised AssertionError
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    flat = labels.reshape(-1).astype(int)
    assert np.all(flat >= 0) and np.all(flat < classes)
    return np.eye(classes, dtype="float32")[flat]
