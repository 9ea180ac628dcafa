# The mean of the errors of the classes ("the share of images"); right where every class occurs equally often.
# Loses: test_top_k_error
# Told: An image should count as wrong exactly when its label is not among its own k largest logits
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    best = np.argsort(-logits, axis=1)[:, :k]
    missed = (best != labels[:, None]).all(axis=1)
    return float(np.mean([missed[labels == label].mean() for label in np.unique(labels)]))
