# Counts in uint8, which starts again at 256.
# Loses: test_confusion_matrix
# Told: the counts overflow in a dtype of one byte
def confusion_matrix(labels, predictions, classes):
    matrix = np.zeros((classes, classes), np.uint8)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix
