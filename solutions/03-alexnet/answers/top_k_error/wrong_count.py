# Returns the number of wrong images.
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    best = np.argsort(-logits, axis=1)[:, :k]
    return int((~(best == labels[:, None]).any(axis=1)).sum())
