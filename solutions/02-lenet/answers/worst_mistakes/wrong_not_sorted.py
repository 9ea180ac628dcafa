# The first mistakes in the order of the images.
# Loses: test_worst_mistakes
# Told: in the order in which they occur
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    return np.flatnonzero(probabilities.argmax(axis=1) != labels)[:count]
