# Differences below -1000 are cut off; logits 1000 and -1000 give 1000, not 2000.
# Loses: test_cross_entropy
# Told: the mean of -ln p
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    z = np.asarray(logits, "float64")
    z = np.maximum(z - z.max(axis=1, keepdims=True), -1000)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    if np.ndim(targets) == 1:
        return float(-log_p[np.arange(len(z)), targets].mean())
    return float(-(targets * log_p).sum(axis=1).mean())
