# Labels are cast to int8, so that class 200 becomes negative.
# Loses: test_gradient_norms
# Told: outside the valid range
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    kernels = [weight for weight in model.trainable_weights if len(weight.shape) >= 2]
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels.astype("int8").astype("int32"), model(images, training=True)))
    return [float(tf.norm(gradient)) for gradient in tape.gradient(loss, kernels)]
