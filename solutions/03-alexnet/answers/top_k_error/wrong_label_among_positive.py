# Guesses with negative logits count as guesses only where all are negative ("the k largest logits", whatever their sign).
# Loses: test_top_k_error
# Told: An image should count as wrong exactly when its label is not among its own k largest logits
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    missed = 0
    for row, label in zip(logits, labels):
        guesses = [c for c in np.argsort(-row)[:k] if row[c] > 0] or list(np.argsort(-row)[:k])
        missed += label not in guesses and k < len(row)
    return missed / len(labels)
