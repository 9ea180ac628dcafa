# Measures the biases and the batch normalisations, too.
# Loses: test_gradient_norms
# Told: biases and batch normalisation are in the list
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
    kernels = model.trainable_weights
    gradients = tape.gradient(loss, kernels)
    return np.array([float(tf.norm(d)) for d in gradients])
