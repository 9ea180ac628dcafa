# Collections.Counter of pairs.
from collections import Counter


def confusion_matrix(labels, predictions, classes):
    table = Counter(zip(labels.tolist(), predictions.tolist()))
    return np.array([table[t, p] for t in range(classes) for p in range(classes)], dtype=np.int64).reshape(classes, classes)
