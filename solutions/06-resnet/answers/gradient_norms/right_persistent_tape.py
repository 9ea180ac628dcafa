# Asks a persistent tape for one kernel after the other.
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.reduce_mean(tf.keras.losses.sparse_categorical_crossentropy(labels, model(images, training=True), from_logits=True))
    norms = np.zeros(0)
    for weight in model.trainable_weights:
        if len(weight.shape) >= 2:
            slope = tf.reshape(tape.gradient(loss, weight), [-1])
            norms = np.append(norms, np.linalg.norm(slope))
    return norms
