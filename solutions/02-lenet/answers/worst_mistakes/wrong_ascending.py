# The least confident mistake first.
# Loses: test_worst_mistakes
# Told: the order is reversed
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return mistakes[np.argsort(probabilities.max(axis=1)[mistakes])][:count]
