# tf.linalg.global_norm of a list with one entry; a compiled function around it.
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    @tf.function
    def slopes(inputs, truth):
        with tf.GradientTape() as tape:
            each = tf.nn.sparse_softmax_cross_entropy_with_logits(truth, model(inputs, training=True))
            loss = tf.reduce_sum(each) / tf.cast(tf.shape(inputs)[0], tf.float32)
        return tape.gradient(loss, model.trainable_weights)

    found = slopes(tf.constant(images), tf.constant(labels, dtype=tf.int64))
    return [tf.linalg.global_norm([slope]) for slope in found if slope.shape.rank >= 2]
