# One column for each image.
# Loses: test_logit_gradient
# Told: rows and columns are swapped
def logit_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return ((p - np.eye(logits.shape[1])[labels]) / len(labels)).T
