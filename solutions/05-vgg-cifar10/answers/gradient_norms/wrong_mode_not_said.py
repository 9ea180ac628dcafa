# Called without training=True.
# Loses: test_gradient_norms
# Told: training=True
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    kernels = [weight for weight in model.trainable_weights if len(weight.shape) >= 2]
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels.astype("int64"), model(images)))
    return [float(tf.norm(gradient)) for gradient in tape.gradient(loss, kernels)]
