# argsort sorts upwards: takes the k smallest.
# Loses: test_top_k_error
# Told: the k smallest logits
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    best = np.argsort(logits, axis=1)[:, :k]
    return 1 - float((best == labels[:, None]).any(axis=1).mean())
