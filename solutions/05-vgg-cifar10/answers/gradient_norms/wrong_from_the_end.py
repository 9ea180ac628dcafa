# From the logits back to the image.
# Loses: test_gradient_norms
# Told: the list starts at the last kernel
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels.astype("int32"), logits))
    kernels = [weight for weight in reversed(model.trainable_weights) if len(weight.shape) > 1]
    return [float(tf.norm(slope)) for slope in tape.gradient(loss, kernels)]
