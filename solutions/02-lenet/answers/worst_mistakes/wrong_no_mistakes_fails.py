# Fails where there is no mistake.
# Loses: test_worst_mistakes
# Told: not enough values to unpack
def worst_mistakes(probabilities, labels, count):
    pairs = [(row.max(), index) for index, row in enumerate(probabilities) if row.argmax() != labels[index]]
    confidence, indices = map(np.array, zip(*pairs))
    return indices[np.argsort(-confidence)][:count]
