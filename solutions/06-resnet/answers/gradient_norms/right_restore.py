# right: keeps the model's weights (moving averages too) and puts them back at the end
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
    before = model.get_weights()
    result = []
    with tf.GradientTape(persistent=True) as tape:
        logits = tf.cast(model(images, training=True), tf.float32)
        truth = tf.one_hot(labels, logits.shape[1])
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(truth, logits))
    for weight in model.trainable_weights:
        if np.ndim(weight.numpy()) >= 2:
            result.append(math.sqrt(float(tf.reduce_sum(tape.gradient(loss, weight) ** 2))))
    del tape
    model.set_weights(before)
    return np.array(result)
