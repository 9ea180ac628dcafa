# Logits that differ little become alike in float16 ("no two of an image alike").
# Loses: test_top_k_error
# Told: An image should count as wrong exactly when its label is not among its own k largest logits
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    scores = logits.astype("float16")
    own = scores[np.arange(len(labels)), labels]
    return float(np.mean((scores > own[:, None]).sum(axis=1) >= k))
