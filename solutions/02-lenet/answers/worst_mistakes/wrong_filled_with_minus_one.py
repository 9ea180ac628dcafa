# Fills up with -1 where there are too few mistakes.
# Loses: test_worst_mistakes
# Told: it should be shorter where there are fewer mistakes
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    ranking = mistakes[np.argsort(-probabilities.max(axis=1)[mistakes])][:count]
    return np.pad(ranking, (0, count - len(ranking)), constant_values=-1)
