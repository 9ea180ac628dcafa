# Works in the array it was given, which the caller still needs.
# Loses: test_logit_gradient
# Told: Work on a copy
def logit_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    logits -= logits.max(axis=1, keepdims=True)
    np.exp(logits, out=logits)
    logits /= logits.sum(axis=1, keepdims=True)
    logits[np.arange(len(labels)), labels] -= 1
    return logits / len(labels)
