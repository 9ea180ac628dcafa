# Takes the classes for 1 to classes.
# Loses: test_confusion_matrix
# Told: counted from 1
def confusion_matrix(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    everything = range(1, classes + 1)
    return np.array([[np.sum((labels == i) & (predictions == j)) for j in everything] for i in everything])
