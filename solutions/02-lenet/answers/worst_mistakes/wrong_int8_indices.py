# Indices in int8, negative from 128 on.
# Loses: test_worst_mistakes
# Told: The indices should be positions among all images
def worst_mistakes(probabilities, labels, count):
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return mistakes[np.argsort(-probabilities[mistakes].max(axis=1))][:count].astype("int8")
