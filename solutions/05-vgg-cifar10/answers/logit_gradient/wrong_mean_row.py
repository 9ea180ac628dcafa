# Averages over the images at once: one row comes out.
# Loses: test_logit_gradient
# Told: there is no row per image
def logit_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return (p - np.eye(logits.shape[1])[labels]).mean(axis=0)
