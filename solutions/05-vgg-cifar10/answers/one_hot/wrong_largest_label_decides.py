# As many columns as the largest label needs, whatever `classes` says.
# Loses: test_one_hot
# Told: as the largest label needs
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    flat = labels.reshape(-1).astype(int)
    if np.any(flat < 0) or np.any(flat >= classes):
        raise ValueError("label out of range")
    return np.eye(flat.max() + 1, dtype="float32")[flat]
