# Uses confidences that were computed in another cell of the student's session.
# Loses: test_worst_mistakes
# Told: exists only in your session
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return mistakes[np.argsort(-confidences[mistakes])][:count]
