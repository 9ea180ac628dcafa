# Subtracts the largest logit of the whole batch: the other images' exponentials become 0.
# Loses: test_cross_entropy
# Told: largest logit of each image
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    z = logits - logits.max()
    with np.errstate(all="ignore"):
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    if targets.ndim == 1:
        targets = np.eye(logits.shape[1])[targets]
    return float(-(targets * log_p).sum(axis=1).mean())
