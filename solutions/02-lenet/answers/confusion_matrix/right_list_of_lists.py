# Counts in lists, and makes an array at the end.
def confusion_matrix(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    rows = [[0] * classes for _ in range(classes)]
    for i in range(len(labels)):
        rows[int(labels[i])][int(predictions[i])] += 1
    return np.array(rows)
