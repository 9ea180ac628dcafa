# A loop over the labels, one row after the other.
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    rows = np.zeros((len(labels), classes), dtype="float32")
    for place, label in enumerate(labels.ravel().tolist()):
        if label not in range(classes):
            raise ValueError(f"{label} is not one of {classes} classes")
        rows[place, label] = 1.0
    return rows
