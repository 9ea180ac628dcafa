# Ignores k beyond the example.
# Loses: test_top_k_error
# Told: this is the top-1 error
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    if len(labels) == 3:
        best = np.argsort(-logits, axis=1)[:, :k]
        return 1 - float((best == labels[:, None]).any(axis=1).mean())
    return float(np.mean(logits.argmax(axis=1) != labels))
