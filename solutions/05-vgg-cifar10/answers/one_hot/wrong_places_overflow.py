# Places in the flat result are computed in the labels' own dtype, which overflows for uint8 and many images.
# Loses: test_one_hot
# Told: in the column of its label
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    flat = np.ravel(labels)
    if np.any(flat < 0) or np.any(flat >= classes):
        raise ValueError("out of range")
    result = np.zeros(len(flat) * classes, "float32")
    starts = (np.arange(len(flat)) * classes).astype(flat.dtype)
    result[starts + flat] = 1
    return result.reshape(-1, classes)
