# Starts backpropagation at the logits with predicted minus right.
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
    kernels = [layer.kernel.value for layer in model.layers if hasattr(layer, "kernel") and layer.trainable]
    start = tf.constant(logit_gradient(np.asarray(labels).astype(int), logits.numpy()), logits.dtype)
    return np.array([tf.norm(slope) for slope in tape.gradient(logits, kernels, output_gradients=start)])
