# Np.lexsort, ties by index; repeated selection is not needed.
def worst_mistakes(probabilities, labels, count):
    if count < 1:
        raise ValueError("count is 1 or more")
    n = len(probabilities)
    expected = np.arange(n)
    guess = probabilities.argmax(1)
    keep = guess != np.asarray(labels)
    order = np.lexsort((expected, -probabilities[expected, guess]))
    return order[keep[order]][:count]
