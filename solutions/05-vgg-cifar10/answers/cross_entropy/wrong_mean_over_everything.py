# The mean over images and classes: too small by the number of classes.
# Loses: test_cross_entropy
# Told: divided by the number of classes
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    if targets.ndim == 1:
        targets = np.eye(logits.shape[1])[targets]
    return float(np.mean(-targets * log_p))
