# Looks at the smallest and the largest label only, which needs one label at least.
def one_hot(labels, classes):
    assert len(labels) > 0
    smallest, largest = int(np.min(labels)), int(np.max(labels))
    if smallest < 0 or largest > classes - 1:
        raise ValueError("labels outside the classes")
    result = np.zeros((np.size(labels), classes), np.float32)
    np.put_along_axis(result, labels.reshape(-1, 1).astype(np.intp), 1, axis=1)
    return result
