# Forgets to subtract what was right.
# Loses: test_logit_gradient
# Told: the target is not subtracted
def logit_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True) / len(labels)
