# Only layers that have an attribute `kernel` at the top level, frozen ones thawed first.
# Loses: test_gradient_norms
# Told: a kernel that is not trainable
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    kernels = [layer.kernel for layer in model.layers if isinstance(layer, (tf.keras.layers.Dense, tf.keras.layers.Conv2D))]
    with tf.GradientTape() as tape:
        tape.watch([kernel.value for kernel in kernels])
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels.astype("int64"), model(images, training=True)))
    return [float(tf.norm(gradient)) for gradient in tape.gradient(loss, [kernel.value for kernel in kernels])]
