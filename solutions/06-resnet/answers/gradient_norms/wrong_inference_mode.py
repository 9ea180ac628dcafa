# Calls the model without training=True, so batch normalisation uses its moving averages.
# Loses: test_gradient_norms
# Told: called in inference mode
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    with tf.GradientTape() as tape:
        logits = model(images, training=False)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
    kernels = [v for v in model.trainable_weights if len(v.shape) > 1]
    gradients = tape.gradient(loss, kernels)
    return np.array([float(tf.norm(d)) for d in gradients])
