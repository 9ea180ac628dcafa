# Subtracts 1 from every class.
# Loses: test_logit_gradient
# Told: subtracted for every class
def logit_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return (p - 1) / len(labels)
