# Keeps the mistakes in a dict under their confidence, so of two equally sure ones one is lost.
# Loses: test_worst_mistakes
# Told: They should be sorted by the exact probability of the predicted class
def worst_mistakes(probabilities, labels, count):
    table = {}
    for index, row in enumerate(probabilities):
        if row.argmax() != labels[index]:
            table[float(row.max())] = index
    return np.array([table[key] for key in sorted(table, reverse=True)][:count], dtype=int)
