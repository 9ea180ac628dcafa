# Divides by the number of classes instead of the number of images.
# Loses: test_logit_gradient
# Told: divided by the number of classes
def logit_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    n = 1 if len(labels) == 1 else logits.shape[1]
    return (p - np.eye(logits.shape[1])[labels]) / n
