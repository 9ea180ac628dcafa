# Rows are exchanged with columns when a class does not occur among the true ones but among the predicted ones.
# Loses: test_confusion_matrix
# Told: rows and columns are swapped
def confusion_matrix(labels, predictions, classes):
    matrix = np.zeros((classes, classes), int)
    pair = (labels, predictions) if set(predictions.tolist()) <= set(labels.tolist()) else (predictions, labels)
    np.add.at(matrix, pair, 1)
    return matrix
