# Picks the column of each target in every row: n × n numbers, which fits if all rows are equal.
# Loses: test_cross_entropy
# Told: the column of each target is taken in every row
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    if targets.ndim == 1:
        return float(-log_p[:, targets].mean())
    return float(-(targets * log_p).sum(axis=1).mean())
