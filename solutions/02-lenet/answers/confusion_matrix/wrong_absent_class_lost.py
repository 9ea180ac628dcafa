# Makes rows only for the classes that occur.
# Loses: test_confusion_matrix
# Told: a class that does not occur has no row
def confusion_matrix(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    present = np.unique(np.concatenate([labels, predictions]))
    return np.array([[int(np.sum((labels == i) & (predictions == j))) for j in present] for i in present])
