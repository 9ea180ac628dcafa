# Softmax before a loss that applies it again.
# Loses: test_gradient_norms
# Told: softmax is applied before a loss
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    with tf.GradientTape() as tape:
        p = tf.nn.softmax(model(images, training=True))
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels.astype("int32"), p))
    kernels = [weight for weight in model.trainable_weights if len(weight.shape) > 1]
    return [float(tf.norm(slope)) for slope in tape.gradient(loss, kernels)]
