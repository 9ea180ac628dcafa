# Adds 1e-12 inside the logarithm, a common patch.
# Loses: test_cross_entropy
# Told: replaced by 1e-12
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    if targets.ndim == 1:
        targets = np.eye(logits.shape[1])[targets]
    return float(-(targets * np.log(p + 1e-12)).sum(axis=1).mean())
