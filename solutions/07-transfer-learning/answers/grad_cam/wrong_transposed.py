# Rows and columns exchanged.
# Loses: test_grad_cam
# Told: should have shape (4, 5)
def grad_cam(maps_network: tf.keras.Model, classifier: tf.keras.Model, image: np.ndarray, class_index: int) -> np.ndarray:
    maps = tf.convert_to_tensor(maps_network(image[np.newaxis], training=False))
    with tf.GradientTape() as tape:
        tape.watch(maps)
        logit = classifier(maps, training=False)[0, class_index]
    weights_ = tf.reduce_mean(tape.gradient(logit, maps), axis=(1, 2))[0]
    heat = np.maximum(np.sum(maps[0].numpy() * weights_.numpy(), axis=-1), 0)
    heat = heat.T
    return heat / heat.max() if heat.max() > 0 else heat
