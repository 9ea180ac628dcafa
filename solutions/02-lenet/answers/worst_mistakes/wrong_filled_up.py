# Puts right images behind the mistakes and cuts at count: fills up where there are too few mistakes.
# Loses: test_worst_mistakes
# Told: filled up to `count`
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    wrong = probabilities.argmax(axis=1) != labels
    return np.argsort(np.where(wrong, -probabilities.max(axis=1), 1.0))[:count]
