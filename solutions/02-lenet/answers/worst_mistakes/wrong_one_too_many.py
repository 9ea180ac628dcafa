# Counts from 0 to count and takes one more than asked for.
# Loses: test_worst_mistakes
# Told: one index too many
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return mistakes[np.argsort(-probabilities.max(axis=1)[mistakes])][: count + 1]
