# Softmax in float64, 1 subtracted at the true class.
def logit_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    exps = np.exp(logits.astype("float64") - logits.max(axis=1, keepdims=True))
    p = exps / exps.sum(axis=1, keepdims=True)
    n = len(labels)
    p[np.arange(n), labels] -= 1
    return p / n
