# Turns the labels into uint8, which ends at 255.
# Loses: test_top_k_error
# Told: stored in 8 bits
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    best = np.argsort(-logits, axis=1)[:, :k].astype("uint8")
    labels = labels.astype("uint8")
    best = np.argsort(-logits, axis=1)[:, :k]
    return float(1 - (best == labels[:, None]).any(axis=1).mean())
