# A row whose largest probability is above 0.95 is taken for one-hot.
# Loses: test_cross_entropy
# Told: rounded to whole classes
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    z = np.asarray(logits, "float64")
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    if np.ndim(targets) == 2 and targets.max(axis=1).min() > 0.95:
        targets = targets.argmax(axis=1)
    if np.ndim(targets) == 1:
        return float(-log_p[np.arange(len(z)), targets].mean())
    return float(-(targets * log_p).sum(axis=1).mean())
