# Returns the error in percent.
# Loses: test_top_k_error
# Told: in per cent
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    best = np.argsort(-logits, axis=1)[:, :k]
    return 100 * float((~(best == labels[:, None]).any(axis=1)).mean())
