# TensorFlow's log_softmax, which subtracts the maximum by itself; the rest by hand.
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    log_p = tf.nn.log_softmax(tf.constant(logits, tf.float64), axis=1)
    if len(np.shape(targets)) == 1:
        targets = tf.one_hot(tf.cast(targets, tf.int32), np.shape(logits)[1], dtype=tf.float64)
    return -tf.reduce_mean(tf.reduce_sum(tf.cast(targets, tf.float64) * log_p, axis=1))
