# Keras's loss, and the norm with NumPy.
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    compute = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    with tf.GradientTape() as tape:
        loss = compute(labels, model(images, training=True))
    weights = model.trainable_weights
    gradients = tape.gradient(loss, weights)
    return [np.linalg.norm(np.ravel(slope)) for weight, slope in zip(weights, gradients) if len(weight.shape) > 1]
