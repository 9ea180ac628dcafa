# Checks first that the labels fit into the classes; then pair numbers.
def confusion_matrix(labels, predictions, classes):
    assert labels.max() < classes and predictions.max() < classes
    pairs = labels.astype(int) * classes + predictions.astype(int)
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)
