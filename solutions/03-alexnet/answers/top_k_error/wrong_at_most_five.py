# K is at most 5 ("1 to the number of classes"); right for up to five classes.
# Loses: test_top_k_error
# Told: An image should count as wrong exactly when its label is not among its own k largest logits
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    k = min(k, 5)
    best = np.argsort(-logits, axis=1)[:, :k] if k < logits.shape[1] else np.tile(np.arange(logits.shape[1]), (len(logits), 1))
    return float(1 - (best == labels[:, None]).any(axis=1).mean())
