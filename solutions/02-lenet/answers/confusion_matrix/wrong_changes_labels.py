# Computes the pair numbers in the array of the labels.
# Loses: test_confusion_matrix
# Told: changed the array it was given
def confusion_matrix(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    labels *= classes
    labels += predictions
    return np.bincount(labels, minlength=classes**2).reshape(classes, classes)
