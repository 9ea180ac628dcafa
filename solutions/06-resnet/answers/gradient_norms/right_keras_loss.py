# right: Keras's loss function, all trainable weights, kernels filtered afterwards
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
    loss_of = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    with tf.GradientTape() as tape:
        loss = loss_of(labels, model(images, training=True))
    pairs = zip(model.trainable_variables, tape.gradient(loss, model.trainable_variables), strict=True)
    return np.array([np.sqrt(np.sum(np.square(np.asarray(g, "float64")))) for w, g in pairs if len(w.shape) > 1])
