# One maximum for the whole batch; a row of -1000 beside one of 1000 gives 0/0.
# Loses: test_logit_gradient
# Told: NaN or infinity
def logit_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    exps = np.exp(logits - np.max(logits))
    p = exps / exps.sum(axis=1, keepdims=True)
    p[np.arange(len(labels)), labels] -= 1
    return p / len(labels)
