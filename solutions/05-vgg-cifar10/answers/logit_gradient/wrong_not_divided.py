# The gradient of the sum: not divided by the number of images.
# Loses: test_logit_gradient
# Told: not divided by the number of images
def logit_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return p - np.eye(logits.shape[1])[labels]
