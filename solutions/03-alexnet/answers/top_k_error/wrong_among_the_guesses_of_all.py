# np.isin looks for a label among the guesses for all images.
# Loses: test_top_k_error
# Told: the guesses for all images
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    best = np.argsort(-logits, axis=1)[:, :k]
    return float(1 - np.isin(labels, best).mean())
