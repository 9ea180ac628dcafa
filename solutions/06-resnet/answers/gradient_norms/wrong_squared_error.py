# Measures the squared error of the logits against one-hot labels.
# Loses: test_gradient_norms
# Told: squared error
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = tf.reduce_mean(tf.square(tf.one_hot(labels, logits.shape[-1]) - logits))
    kernels = [v for v in model.trainable_weights if len(v.shape) > 1]
    gradients = tape.gradient(loss, kernels)
    return np.array([float(tf.norm(d)) for d in gradients])
