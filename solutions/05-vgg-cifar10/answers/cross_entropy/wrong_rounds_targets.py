# Makes whole classes of all targets: a distribution loses its smaller parts.
# Loses: test_cross_entropy
# Told: rounded to whole classes
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    if targets.ndim == 2:
        targets = targets.argmax(axis=1)
    return float(-np.mean(log_p[np.arange(len(targets)), targets]))
