# Takes the norm along the first axis, one number a unit.
# Loses: test_gradient_norms
# Told: one norm per unit
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
    kernels = [v for v in model.trainable_weights if len(v.shape) > 1]
    gradients = tape.gradient(loss, kernels)
    return np.array([np.linalg.norm(d, axis=0) for d in gradients])
