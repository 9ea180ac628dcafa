# Leaves the dtype to np.zeros, which takes float.
# Loses: test_confusion_matrix
# Told: np.zeros makes floats
def confusion_matrix(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    matrix = np.zeros((classes, classes))
    np.add.at(matrix, (labels, predictions), 1)
    return matrix
