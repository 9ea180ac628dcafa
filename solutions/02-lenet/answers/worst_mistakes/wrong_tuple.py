# Returns a tuple, with which the next cell cannot index the images.
# Loses: test_worst_mistakes
# Told: should be a NumPy array, but is of type tuple
def worst_mistakes(probabilities, labels, count):
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return tuple(mistakes[np.argsort(-probabilities[mistakes].max(axis=1))][:count].tolist())
