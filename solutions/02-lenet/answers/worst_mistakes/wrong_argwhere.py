# Takes np.argwhere, which returns a column.
# Loses: test_worst_mistakes
# Told: should be a row of indices
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    mistakes = np.argwhere(probabilities.argmax(axis=1) != labels)
    order = np.argsort(-probabilities.max(axis=1)[mistakes[:, 0]])
    return mistakes[order][:count]
