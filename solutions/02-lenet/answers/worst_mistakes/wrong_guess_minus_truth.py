# Sorts by how much more the predicted class has than the true one.
# Loses: test_worst_mistakes
# Told: expected (2, 1), got (2, 4)
def worst_mistakes(probabilities, labels, count):
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    rows = probabilities[mistakes]
    gap = rows.max(axis=1) - rows[np.arange(len(rows)), labels[mistakes]]
    return mistakes[np.argsort(-gap)][:count]
