# Stops one index too early.
# Loses: test_worst_mistakes
# Told: unless there are fewer mistakes
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return mistakes[np.argsort(-probabilities.max(axis=1)[mistakes])][: count - 1]
