# Np.histogram2d, a NumPy function that counts; whole numbers at the end.
def confusion_matrix(labels, predictions, classes):
    edges = np.arange(classes + 1) - 0.5
    counts, _, _ = np.histogram2d(labels, predictions, bins=(edges, edges))
    return counts.astype("int64")
