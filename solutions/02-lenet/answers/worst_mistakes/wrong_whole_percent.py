# Compares whole percents, so 99.9 % and 99.1 % are alike.
# Loses: test_worst_mistakes
# Told: They should be sorted by the exact probability of the predicted class
def worst_mistakes(probabilities, labels, count):
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    percent = (100 * probabilities[mistakes].max(axis=1)).astype(int)
    return mistakes[np.argsort(-percent, kind="stable")][:count]
