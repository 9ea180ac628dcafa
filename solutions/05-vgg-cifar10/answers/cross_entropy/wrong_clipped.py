# Lifts probabilities of 0 to 1e-7, so that a loss above 16 cannot happen.
# Loses: test_cross_entropy
# Told: replaced by 1e-7
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    if targets.ndim == 1:
        targets = np.eye(logits.shape[1])[targets]
    return float(-(targets * np.log(np.maximum(p, 1e-7))).sum(axis=1).mean())
