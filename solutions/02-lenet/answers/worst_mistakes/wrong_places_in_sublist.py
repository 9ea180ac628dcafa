# Returns places in the list of mistakes, not in the list of images.
# Loses: test_worst_mistakes
# Told: positions in the list of mistakes
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    wrong = probabilities.argmax(axis=1) != labels
    return np.argsort(-probabilities[wrong].max(axis=1))[:count]
