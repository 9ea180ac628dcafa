# Keras's loss, all trainable weights, the kernels picked afterwards, NumPy for the norm.
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    loss_function = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    labels = np.array(labels, dtype=np.int32)
    with tf.GradientTape() as tape:
        loss = loss_function(labels, model(images, training=True))
    gradients = tape.gradient(loss, model.trainable_variables)
    norms = []
    for variable, gradient in zip(model.trainable_variables, gradients):
        if len(variable.shape) > 1:
            norms.append(float(np.linalg.norm(np.asarray(gradient).ravel())))
    return norms
