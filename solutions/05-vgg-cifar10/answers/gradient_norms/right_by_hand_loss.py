# The loss from log_softmax and one-hot labels, the root of a sum of squares.
def root_of_squares(array) -> float:
    return math.sqrt(sum(float(v) ** 2 for v in np.asarray(array, dtype="float64").flat))

def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    variables = [w for w in model.trainable_weights if len(w.shape) not in (0, 1)]
    with tf.GradientTape(watch_accessed_variables=True) as tape:
        log_p = tf.nn.log_softmax(model(tf.convert_to_tensor(images), training=True))
        target = tf.one_hot(tf.cast(labels, tf.int32), log_p.shape[-1], dtype=log_p.dtype)
        loss = -tf.reduce_sum(target * log_p) / len(labels)
    return [root_of_squares(g) for g in tape.gradient(loss, variables)]
