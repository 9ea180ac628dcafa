# Stops one image too early.
# Loses: test_confusion_matrix
# Told: the last image is not counted
def confusion_matrix(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    matrix = np.zeros((classes, classes), dtype=int)
    for i in range(len(labels) - 1):
        matrix[labels[i], predictions[i]] += 1
    return matrix
