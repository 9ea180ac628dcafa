# [-k:-1] loses the best guess; k = 1 is treated apart.
# Loses: test_top_k_error
# Told: the slice ends one position too early
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    order = np.argsort(logits, axis=1)
    best = order[:, -1:] if k == 1 else order[:, -k:-1] if k > 4 else order[:, -k:]
    return 1 - float((best == labels[:, None]).any(axis=1).mean())
