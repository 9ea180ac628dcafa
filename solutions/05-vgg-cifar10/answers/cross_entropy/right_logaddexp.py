# The logarithm of the sum of exponentials by np.logaddexp, image by image.
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    total = 0.0
    for target, row in zip(targets, np.asarray(logits, dtype=float)):
        log_p = row - np.logaddexp.reduce(row)
        total -= log_p[target] if np.ndim(target) == 0 else np.dot(target, log_p)
    return total / len(logits)
