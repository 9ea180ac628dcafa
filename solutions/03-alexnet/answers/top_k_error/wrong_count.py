# Returns the number of wrong images.
# Loses: test_top_k_error
# Told: this is the number of images
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    best = np.argsort(-logits, axis=1)[:, :k]
    return int((~(best == labels[:, None]).any(axis=1)).sum())
