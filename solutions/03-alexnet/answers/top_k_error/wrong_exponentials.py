# Compares exp(logits), which is infinite above 88 in float32, so that all large logits are alike ("whose true class is not among the k largest logits").
# Loses: test_top_k_error
# Told: An image should count as wrong exactly when its label is not among its own k largest logits
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    with np.errstate(over="ignore"):
        scores = np.exp(logits.astype("float32"))
    own = scores[np.arange(len(labels)), labels]
    return float(np.mean((scores > own[:, None]).sum(axis=1) >= k))
