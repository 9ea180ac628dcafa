# Returns wrong or right for each image, without the mean.
# Loses: test_top_k_error
# Told: one number
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    best = np.argsort(-logits, axis=1)[:, :k]
    return (~(best == labels[:, None]).any(axis=1)).astype(float)
