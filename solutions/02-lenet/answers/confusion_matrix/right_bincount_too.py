# One number for each pair, in int64 so that no small dtype overflows; np.bincount.
def confusion_matrix(labels, predictions, classes):
    codes = labels.astype(np.int64) * classes + predictions
    return np.bincount(codes, minlength=classes * classes).reshape(classes, classes)
