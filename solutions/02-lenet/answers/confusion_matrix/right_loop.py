# One image after the other.
def confusion_matrix(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    matrix = np.zeros((classes, classes), dtype="int64")
    for true_class, predicted in zip(labels, predictions):
        matrix[true_class, predicted] += 1
    return matrix
