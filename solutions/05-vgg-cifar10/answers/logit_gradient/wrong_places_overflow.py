# Flat places are computed in the labels' dtype, uint8 overflows.
# Loses: test_logit_gradient
# Told: It should be p - y
def logit_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    n, classes = logits.shape
    exps = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = (exps / exps.sum(axis=1, keepdims=True)).ravel()
    places = (np.arange(n) * classes).astype(labels.dtype) + labels
    p[places] -= 1
    return p.reshape(n, classes) / n
