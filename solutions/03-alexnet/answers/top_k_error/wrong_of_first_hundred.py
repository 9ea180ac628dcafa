# Only the first hundred images are looked at ("the share of images").
# Loses: test_top_k_error
# Told: An image should count as wrong exactly when its label is not among its own k largest logits
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    best = np.argsort(-logits[:100], axis=1)[:, :k]
    return float(1 - (best == labels[:100, None]).any(axis=1).mean())
