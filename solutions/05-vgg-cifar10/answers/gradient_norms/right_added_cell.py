# The loss stands in an added cell, written with reduce_logsumexp; squares summed in float64.
def mean_loss(model, images, labels):
    logits = model(images, training=True)
    hits = tf.one_hot(np.asarray(labels, "int32"), tf.shape(logits)[-1])
    return tf.reduce_mean(tf.reduce_logsumexp(logits, axis=-1) - tf.reduce_sum(hits * logits, axis=-1))


# %%
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list[float]:
    weights = list(model.trainable_variables)
    with tf.GradientTape() as recorder:
        loss = mean_loss(model, images, labels)
    print("loss", float(loss))
    norms = []
    for weight, slope in zip(weights, recorder.gradient(loss, weights)):
        if weight.shape.rank > 1:
            norms.append(np.sqrt(np.square(slope.numpy().astype("float64")).sum()))
    return tuple(norms)
