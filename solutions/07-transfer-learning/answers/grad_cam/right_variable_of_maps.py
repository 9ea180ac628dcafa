# The maps in a tf.Variable, einsum.
def grad_cam(maps_network: tf.keras.Model, classifier: tf.keras.Model, image: np.ndarray, class_index: int) -> np.ndarray:
    features = tf.Variable(maps_network(np.expand_dims(image, 0), training=False))
    with tf.GradientTape() as tape:
        score = tf.reduce_sum(classifier(tf.identity(features), training=False)[:, class_index])
    gradient = tape.gradient(score, features).numpy()[0]
    alpha = gradient.mean(axis=(0, 1), dtype="float64")
    heat = np.einsum("ijk,k->ij", features.numpy()[0].astype("float64"), alpha).clip(min=0)
    top = heat.max()
    if top == 0:
        return np.zeros(heat.shape)
    return heat / top
