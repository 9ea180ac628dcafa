# Makes a step of Adam with the gradients.
# Loses: test_gradient_norms
# Told: measure, not train
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    weights = model.trainable_weights
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels.astype("int64"), model(images, training=True)))
    gradients = tape.gradient(loss, weights)
    tf.keras.optimizers.Adam().apply_gradients(zip(gradients, weights))
    return [float(tf.norm(gradient)) for gradient in gradients if len(gradient.shape) >= 2]
