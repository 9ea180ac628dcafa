# The median over the images, which is the mean for two.
# Loses: test_cross_entropy
# Told: the mean of -ln p
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    z = np.asarray(logits, "float64")
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    if np.ndim(targets) == 1:
        losses = -log_p[np.arange(len(z)), targets]
    else:
        losses = -(targets * log_p).sum(axis=1)
    return float(np.median(losses))
