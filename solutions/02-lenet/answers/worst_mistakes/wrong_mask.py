# Returns True and False instead of indices.
# Loses: test_worst_mistakes
# Told: True and False
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    return probabilities.argmax(axis=1) != labels
