# A loop over plain Python numbers, error raised half way.
def one_hot(labels, classes):
    rows = []
    for label in labels.reshape(len(labels)).tolist():
        if label < 0 or label >= classes:
            raise ValueError("label %d, but there are only %d classes" % (label, classes))
        row = [0.0] * classes
        row[label] = 1.0
        rows.append(row)
    return np.array(rows, dtype="float32").reshape(len(rows), classes)
