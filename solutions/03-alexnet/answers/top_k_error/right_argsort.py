# Sorts the classes and looks for the label among the first k.
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    best = np.argsort(-logits, axis=1)[:, :k]
    hit = (best == labels[:, None]).any(axis=1)
    return 1 - hit.mean()
