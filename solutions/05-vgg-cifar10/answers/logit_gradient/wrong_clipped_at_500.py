# Logits are cut off at 500 against overflow, so that 1000 and 900 become equal.
# Loses: test_logit_gradient
# Told: do not limit any value
def logit_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    exps = np.exp(np.clip(logits.astype("float64"), -500, 500))
    p = exps / exps.sum(axis=1, keepdims=True)
    p[np.arange(len(labels)), labels] -= 1
    return p / len(labels)
