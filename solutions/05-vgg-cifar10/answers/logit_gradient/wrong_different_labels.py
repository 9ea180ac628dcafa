# Divided by the number of DIFFERENT labels.
# Loses: test_logit_gradient
# Told: divided by the number of images
def logit_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    exps = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = exps / exps.sum(axis=1, keepdims=True)
    p[np.arange(len(labels)), labels] -= 1
    return p / len(np.unique(labels))
