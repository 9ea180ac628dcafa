# tf.one_hot alone: a label that is no class becomes a row of zeros without a word.
# Loses: test_one_hot
# Told: four classes are numbered 0 to 3
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    return tf.one_hot(tf.cast(tf.reshape(labels, [-1]), tf.int32), classes).numpy()
