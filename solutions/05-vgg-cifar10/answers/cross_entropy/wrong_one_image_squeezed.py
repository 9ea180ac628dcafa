# The axes of size 1 are taken away first: the distribution of a single image is taken for class numbers.
# Loses: test_cross_entropy
# Told: the mean of -ln p
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    z = np.asarray(logits, "float64")
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    targets = np.squeeze(targets)
    if targets.ndim <= 1:
        return float(-log_p[np.arange(len(z)), np.atleast_1d(targets).astype(int)].mean())
    return float(-(targets * log_p).sum(axis=1).mean())
