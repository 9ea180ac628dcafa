# Returns True and False instead of indices.
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    return probabilities.argmax(axis=1) != labels
