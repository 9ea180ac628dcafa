# The root is missing.
# Loses: test_gradient_norms
# Told: this is the square of the norm
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels.astype("int32"), logits))
    kernels = [weight for weight in model.trainable_weights if len(weight.shape) > 1]
    return [float(tf.reduce_sum(slope**2)) for slope in tape.gradient(loss, kernels)]
