# Whole arrays, float64, as the formula says.
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    z = np.asarray(logits, dtype="float64")
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    if np.ndim(targets) == 1:
        return float(-log_p[np.arange(len(z)), targets].mean())
    return float(-(targets * log_p).sum(axis=1).mean())
