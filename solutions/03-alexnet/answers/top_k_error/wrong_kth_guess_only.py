# Asks whether the k-th guess is right.
# Loses: test_top_k_error
# Told: only the k-th guess is used
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    kth = np.argsort(-logits, axis=1)[:, k - 1]
    return float(np.mean(kth != labels))
