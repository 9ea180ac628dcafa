# Adds the losses up in place of the mean.
# Loses: test_gradient_norms
# Told: not the mean over both images
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = tf.reduce_sum(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
    kernels = [v for v in model.trainable_weights if len(v.shape) > 1]
    gradients = tape.gradient(loss, kernels)
    return np.array([float(tf.norm(d)) for d in gradients])
