# Takes the most confident images first and looks for mistakes among them.
# Loses: test_worst_mistakes
# Told: Leave out the correct images first
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    order = np.argsort(-probabilities.max(axis=1))[:count]
    return order[probabilities[order].argmax(axis=1) != labels[order]]
