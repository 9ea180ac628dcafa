# Asks the model's own layers for their kernels, so those inside blocks are missing.
# Loses: test_gradient_norms
# Told: those of layers inside other layers
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
    kernels = [layer.kernel for layer in model.layers if layer.trainable and hasattr(layer, "kernel")]
    gradients = tape.gradient(loss, kernels)
    return np.array([float(tf.norm(d)) for d in gradients])
