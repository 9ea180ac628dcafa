# Sorts by the entropy of the probabilities.
# Loses: test_worst_mistakes
# Told: expected (2, 1), got (2, 4)
def worst_mistakes(probabilities, labels, count):
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    p = np.clip(probabilities[mistakes], 1e-12, 1)
    return mistakes[np.argsort(-(p * np.log(p)).sum(axis=1))][:count]
