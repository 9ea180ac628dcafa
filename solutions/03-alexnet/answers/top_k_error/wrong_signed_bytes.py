# Labels are turned into int8: classes above 127 become negative ("of any integer dtype", any number of classes).
# Loses: test_top_k_error
# Told: stored in 8 bits
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    best = np.argsort(-logits, axis=1)[:, :k].astype("int8")
    own = logits[np.arange(len(labels)), labels.astype("int8")]
    return float(np.mean((logits > own[:, None]).sum(axis=1) >= k))
