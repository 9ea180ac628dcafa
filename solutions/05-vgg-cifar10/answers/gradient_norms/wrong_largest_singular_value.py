# The largest singular value of a dense kernel's gradient (equal only if it has rank 1).
# Loses: test_gradient_norms
# Told: the gradient of one loss
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    kernels = [weight for weight in model.trainable_weights if len(weight.shape) >= 2]
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels.astype("int64"), model(images, training=True)))
    return [float(np.linalg.norm(np.reshape(gradient, (-1, gradient.shape[-1])), 2)) for gradient in tape.gradient(loss, kernels)]
