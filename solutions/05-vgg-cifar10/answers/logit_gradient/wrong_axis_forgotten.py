# Compares labels and classes without making the labels a column.
# Loses: test_logit_gradient
# Told: could not be broadcast
def logit_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return (p - (labels == np.arange(logits.shape[1]))) / len(labels)
