# Sets the rows of the right images to 0 in the array it was given.
# Loses: test_worst_mistakes
# Told: changed the array it was given
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    right = probabilities.argmax(axis=1) == labels
    probabilities[right] = 0
    order = np.argsort(-probabilities.max(axis=1))
    return order[: min(count, len(labels) - int(right.sum()))]
