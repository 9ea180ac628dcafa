# Computes the gradients inside a tf.function, in float64 at the end.
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    kernels = [weight for weight in model.trainable_weights if len(weight.shape) > 1]

    @tf.function
    def slopes(x, y):
        with tf.GradientTape() as tape:
            loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, model(x, training=True))
        return tape.gradient(loss, kernels)

    return np.asarray([np.linalg.norm(np.asarray(s, "float64").ravel()) for s in slopes(tf.constant(images), tf.constant(labels))])
