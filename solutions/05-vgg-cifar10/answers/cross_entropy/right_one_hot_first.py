# Turns whole numbers into rows first, so that there is only one form left.
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    if targets.ndim == 1:
        targets = one_hot(targets, logits.shape[1])
    z = logits.astype("float64")
    z = z - np.max(z, axis=-1)[:, None]
    return np.mean(np.log(np.sum(np.exp(z), axis=-1)) - np.sum(targets * z, axis=-1))
