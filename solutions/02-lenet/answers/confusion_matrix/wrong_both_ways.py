# Counts each image in both directions, as if the matrix had to be symmetric.
# Loses: test_confusion_matrix
# Told: Each image counts as one
def confusion_matrix(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    matrix = np.zeros((classes, classes), dtype=int)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix + matrix.T
