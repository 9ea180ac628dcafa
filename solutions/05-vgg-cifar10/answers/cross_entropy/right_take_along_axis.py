# Picks the true logit with take_along_axis.
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    z = np.array(logits, dtype="float64")
    top = z.max(axis=1)
    log_sum = top + np.log(np.exp(z.T - top).sum(axis=0))
    if np.ndim(targets) == 2:
        hit = np.einsum("nc,nc->n", np.asarray(targets, "float64"), z)
    else:
        hit = np.take_along_axis(z, np.asarray(targets).astype(int)[:, None], axis=1)[:, 0]
    return float(np.average(log_sum - hit))
