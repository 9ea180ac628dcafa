# How many logits are larger than that of the true class.
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    own = np.take_along_axis(logits, labels[:, np.newaxis].astype("int64"), axis=1)
    count = (logits > own).sum(axis=1)
    return np.mean(count >= k)
