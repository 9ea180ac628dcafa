# Asserts first that the classes are large enough; there is at least one image.
def confusion_matrix(labels, predictions, classes):
    assert max(labels.max(), predictions.max()) < classes
    matrix = np.zeros((classes, classes), int)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix
