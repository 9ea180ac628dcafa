# Returns the accuracy.
# Loses: test_top_k_error
# Told: this is the accuracy
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    best = np.argsort(-logits, axis=1)[:, :k]
    return float((best == labels[:, None]).any(axis=1).mean())
