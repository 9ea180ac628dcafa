# Argpartition from the end; k may be the number of classes.
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    classes = logits.shape[1]
    if not 1 <= k <= classes:
        raise ValueError(f"k is 1 to {classes}")
    layers = np.argpartition(logits, classes - k, axis=1)[:, classes - k :]
    hits = np.fromiter((label in row for label, row in zip(labels, layers)), bool, len(labels))
    return float(np.count_nonzero(~hits)) / len(hits)
