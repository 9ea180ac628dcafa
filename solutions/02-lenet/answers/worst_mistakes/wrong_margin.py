# Sorts by the distance between the two largest probabilities: the same order in the example.
# Loses: test_worst_mistakes
# Told: probability of the predicted class
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    ordered = np.sort(probabilities[mistakes], axis=1)
    return mistakes[np.argsort(ordered[:, -2] - ordered[:, -1])][:count]
