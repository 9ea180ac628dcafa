# Casts the classes to int8, so those above 127 become negative.
# Loses: test_confusion_matrix
# Told: Each image counts as one, in the row of its true class and the column of its predicted class
def confusion_matrix(labels, predictions, classes):
    matrix = np.zeros((classes, classes), int)
    np.add.at(matrix, (labels.astype("int8"), predictions.astype("int8")), 1)
    return matrix
