# Lets the label `classes` pass: > where >= belongs.
# Loses: test_one_hot
# Told: There is no class 4
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    flat = labels.reshape(-1).astype(int)
    if np.any(flat < 0) or np.any(flat > classes):
        raise ValueError("label out of range")
    return (flat[:, None] == np.arange(classes)).astype("float32")
