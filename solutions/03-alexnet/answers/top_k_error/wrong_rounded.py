# Rounds the result to two places.
# Loses: test_top_k_error
# Told: the result is rounded
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    best = np.argsort(-logits, axis=1)[:, :k]
    return round(1 - float((best == labels[:, None]).any(axis=1).mean()), 2)
