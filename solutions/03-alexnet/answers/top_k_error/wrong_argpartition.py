# Calls argpartition with k counted from the wrong end, which fails for all classes.
# Loses: test_top_k_error
# Told: out of bounds
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    best = np.argpartition(-logits, k, axis=1)[:, :k]
    return 1 - float((best == labels[:, None]).any(axis=1).mean())
