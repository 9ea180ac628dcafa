# L = log-sum-exp minus the expected logit (a distribution adds up to 1), with np.logaddexp.
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    scores = logits.astype(np.float64)
    log_sum = np.logaddexp.reduce(scores, axis=1)
    if targets.ndim == 1:
        right_scores = np.take_along_axis(scores, targets.astype(np.int64)[:, None], axis=1)[:, 0]
    else:
        right_scores = np.einsum("nk,nk->n", targets.astype(np.float64), scores)
    return float(np.mean(log_sum - right_scores))
