# tf.one_hot, whose silent rows of zeros are found by the sum of the rows.
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    rows = tf.one_hot(tf.cast(tf.reshape(labels, [-1]), tf.int32), classes)
    if not np.all(rows.numpy().sum(axis=1) == 1):
        raise ValueError("every label must be one of the classes")
    return rows
