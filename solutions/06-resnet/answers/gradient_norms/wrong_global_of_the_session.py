# Uses a list that was made in a cell which has been deleted since.
# Loses: test_gradient_norms
# Told: exists only in your session
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
    kernels = [v for v in model.trainable_weights if v.path in wanted_kernels]
    gradients = tape.gradient(loss, kernels)
    return np.array([float(tf.norm(d)) for d in gradients])
