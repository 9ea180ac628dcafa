# wrong: called in inference mode; breaks "called as in training, so that batch normalisation uses the batch"
# Loses: test_gradient_norms
# Told: the model is called in inference mode
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
    kernels = [weight for weight in model.trainable_weights if len(weight.shape) >= 2]
    with tf.GradientTape() as tape:
        logits = model(images, training=False)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))
    return np.array([float(tf.norm(gradient)) for gradient in tape.gradient(loss, kernels)])
