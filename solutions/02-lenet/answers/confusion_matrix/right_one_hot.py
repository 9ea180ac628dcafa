# One-hot rows in whole numbers and a matrix product.
def confusion_matrix(labels, predictions, classes):
    unit = np.eye(classes, dtype=np.int64)
    return unit[labels].T @ unit[predictions]
