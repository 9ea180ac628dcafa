# Takes the first `count` mistakes and sorts only these.
# Loses: test_worst_mistakes
# Told: They should be sorted by the exact probability of the predicted class
def worst_mistakes(probabilities, labels, count):
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)[:count]
    return mistakes[np.argsort(-probabilities[mistakes].max(axis=1))]
