# Tf.math.in_top_k.
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    expected = tf.math.in_top_k(tf.cast(labels, tf.int32), tf.cast(logits, tf.float32), k)
    return 1.0 - float(tf.reduce_mean(tf.cast(expected, tf.float64)))
