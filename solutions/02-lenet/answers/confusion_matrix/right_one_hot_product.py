# The product of two one-hot matrices.
def confusion_matrix(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    everything = np.arange(classes)
    truth = (labels[:, None] == everything).astype(int)
    guess = (predictions[:, None] == everything).astype(int)
    return truth.T @ guess
