# TensorFlow's random numbers; returns a tensor.
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    values = tf.convert_to_tensor(values)
    if training:
        keep = tf.random.uniform(tf.shape(values)) >= rate
        return tf.where(keep, values / (1 - rate), tf.zeros_like(values))
    return values
