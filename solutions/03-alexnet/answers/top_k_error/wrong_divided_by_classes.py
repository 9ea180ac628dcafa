# Divides by the number of classes instead of the number of images.
# Loses: test_top_k_error
# Told: divided by the number of classes
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    best = np.argsort(-logits, axis=1)[:, :k]
    return float((~(best == labels[:, None]).any(axis=1)).sum() / logits.shape[1])
