# Compares with every class and counts.
def confusion_matrix(labels, predictions, classes):
    def count(t, p):
        return int(np.sum((labels == t) & (predictions == p)))

    return np.array([[count(t, p) for p in range(classes)] for t in range(classes)])
