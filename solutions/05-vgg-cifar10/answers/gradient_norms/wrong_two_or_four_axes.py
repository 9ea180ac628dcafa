# Only weights with exactly two or four axes (a 1-D convolution's kernel has three).
# Loses: test_gradient_norms
# Told: a kernel with three axes is missing
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    kernels = [weight for weight in model.trainable_weights if len(weight.shape) in (2, 4)]
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels.astype("int64"), model(images, training=True)))
    return [float(tf.norm(gradient)) for gradient in tape.gradient(loss, kernels)]
