# right: in a tf.function, global_norm of one gradient each, float32
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The norm of the loss's gradient with respect to each kernel of a network.

    Parameters
    ----------
    model
        a classifier that returns logits. It is measured, not trained: its trainable weights stay as
        they are. It is called as in training, so that batch normalisation uses the batch.
    images, labels
        n images as the model takes them, and their classes: whole numbers of shape (n,).

    Returns
    -------
    np.ndarray
        floats of shape (kernels,): for each trainable weight with two axes or more (the kernels of
        convolutions and dense layers; no biases, nothing of a batch normalisation), in the order of
        the model's own list of trainable weights, which is that from input to output, the square
        root of the sum of squares of the gradient of the mean cross-entropy of these images.
    """
    wanted = [w for w in model.trainable_weights if len(w.shape) not in (0, 1)]

    @tf.function
    def norms(x, y):
        with tf.GradientTape() as tape:
            losses = tf.keras.losses.sparse_categorical_crossentropy(y, model(x, training=True), from_logits=True)
            total = tf.reduce_mean(losses)
        return tf.stack([tf.linalg.global_norm([g]) for g in tape.gradient(total, wanted)])

    return norms(tf.constant(images), tf.constant(labels)).numpy()
