# Counts the right images only.
# Loses: test_confusion_matrix
# Told: only the correct images are counted
def confusion_matrix(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    return np.diag([int(np.sum((labels == i) & (predictions == i))) for i in range(classes)])
