# Counts a class as a hit although k others are larger.
# Loses: test_top_k_error
# Told: one class too many counts as right
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    true = logits[np.arange(len(labels)), labels]
    larger = (logits > true[:, None]).sum(axis=1)
    return float(np.mean(larger > k))
