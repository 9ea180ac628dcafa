# Sorts by the distance between the two largest probabilities.
# Loses: test_worst_mistakes
# Told: They should be sorted by the exact probability of the predicted class
def worst_mistakes(probabilities, labels, count):
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    ordered = np.sort(probabilities[mistakes], axis=1)
    return mistakes[np.argsort(-(ordered[:, -1] - ordered[:, -2]))][:count]
