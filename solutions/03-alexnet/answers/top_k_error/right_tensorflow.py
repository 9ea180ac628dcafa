# TensorFlow's tf.math.in_top_k finds the hits.
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    hits = tf.math.in_top_k(tf.cast(labels, tf.int32), tf.cast(logits, tf.float32), k)
    return 1 - float(tf.reduce_mean(tf.cast(hits, tf.float32)))
