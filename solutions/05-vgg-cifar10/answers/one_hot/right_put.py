# Put_along_axis into zeros; import at the top.
from numpy import put_along_axis, zeros

def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    column = labels.astype("int64").reshape(-1, 1)
    if not ((column >= 0) & (column < classes)).all():
        raise ValueError("label out of range")
    result = zeros((len(column), classes), dtype="float32")
    put_along_axis(result, column, 1, axis=1)
    return result
