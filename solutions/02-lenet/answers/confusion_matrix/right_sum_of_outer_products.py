# A sum of one matrix an image.
def confusion_matrix(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    unit = np.eye(classes, dtype=int)
    return sum(np.outer(unit[true_class], unit[guess]) for true_class, guess in zip(labels, predictions))
