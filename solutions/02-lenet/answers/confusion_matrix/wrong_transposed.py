# Rows and columns exchanged.
# Loses: test_confusion_matrix
# Told: rows and columns are swapped
def confusion_matrix(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    matrix = np.zeros((classes, classes), dtype=int)
    np.add.at(matrix, (predictions, labels), 1)
    return matrix
