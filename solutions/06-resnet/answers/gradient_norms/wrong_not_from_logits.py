# Hands logits to a loss that expects probabilities.
# Loses: test_gradient_norms
# Told: the loss takes the logits for probabilities
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = tf.reduce_mean(tf.keras.losses.sparse_categorical_crossentropy(labels, logits))
    kernels = [v for v in model.trainable_weights if len(v.shape) > 1]
    gradients = tape.gradient(loss, kernels)
    return np.array([float(tf.norm(d)) for d in gradients])
