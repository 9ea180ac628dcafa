# Tf.one_hot, after the range was checked; helper named `expected`, custom subclass of ValueError.
class LabelError(ValueError):
    pass

def expected(flat, classes: int) -> None:
    if flat.size and (int(flat.min()) < 0 or int(flat.max()) >= classes):
        raise LabelError(f"labels from {flat.min()} to {flat.max()}, classes 0 to {classes - 1}")

def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    flat = np.ravel(labels).astype(np.int64)
    expected(flat, classes)
    return tf.one_hot(flat, depth=classes, on_value=1.0, off_value=0.0, dtype=tf.float32).numpy()
