# Forgets the mean: one number for each image.
# Loses: test_cross_entropy
# Told: the task asks for their mean
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    if targets.ndim == 1:
        targets = np.eye(logits.shape[1])[targets]
    return -(targets * log_p).sum(axis=1)
