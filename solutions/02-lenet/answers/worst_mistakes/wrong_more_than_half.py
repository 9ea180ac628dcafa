# Counts only mistakes that are more than 50 % sure.
# Loses: test_worst_mistakes
# Told: expected 70, got 32
def worst_mistakes(probabilities, labels, count):
    sure = probabilities.max(axis=1)
    mistakes = np.flatnonzero((probabilities.argmax(axis=1) != labels) & (sure > 0.5))
    return mistakes[np.argsort(-sure[mistakes])][:count]
