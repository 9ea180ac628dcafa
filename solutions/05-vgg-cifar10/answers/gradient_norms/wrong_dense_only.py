# Only weights with two axes: the convolutions are missing.
# Loses: test_gradient_norms
# Told: more than two axes
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels.astype("int32"), logits))
    kernels = [weight for weight in model.trainable_weights if len(weight.shape) == 2]
    return [float(tf.norm(slope)) for slope in tape.gradient(loss, kernels)]
