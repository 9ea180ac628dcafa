# Adds 1 through an index with repeated pairs, which NumPy does once.
# Loses: test_confusion_matrix
# Told: occurs several times is counted only once
def confusion_matrix(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    matrix = np.zeros((classes, classes), dtype=int)
    matrix[labels, predictions] += 1
    return matrix
