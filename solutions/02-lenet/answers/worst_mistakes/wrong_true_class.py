# Sorts by how little probability the true class got: another order.
# Loses: test_worst_mistakes
# Told: probability of the true class
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    truth = probabilities[mistakes, labels[mistakes]]
    return mistakes[np.argsort(truth)][:count]
