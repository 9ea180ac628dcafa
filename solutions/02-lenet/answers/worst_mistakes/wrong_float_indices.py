# Writes the indices into an array of floats.
# Loses: test_worst_mistakes
# Told: An index is a whole number
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    order = np.argsort(-probabilities.max(axis=1)[mistakes])[:count]
    ranking = np.zeros(len(order))
    for place, index in enumerate(order):
        ranking[place] = mistakes[index]
    return ranking
