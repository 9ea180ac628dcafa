# Gives right images a confidence of -1 and sorts all of them.
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    wrong = np.argmax(probabilities, axis=1) != labels
    confidence = np.where(wrong, np.max(probabilities, axis=1), -1.0)
    order = np.argsort(confidence)[::-1]
    return order[: min(count, int(wrong.sum()))]
