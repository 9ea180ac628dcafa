# Forgets the minus in front of the sum.
# Loses: test_cross_entropy
# Told: the minus sign is missing
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    if targets.ndim == 1:
        targets = np.eye(logits.shape[1])[targets]
    return float((targets * log_p).sum(axis=1).mean())
