# Values below 0.2 are cut off.
# Loses: test_grad_cam
# Told: mean of the gradient
def grad_cam(maps_network: tf.keras.Model, classifier: tf.keras.Model, image: np.ndarray, class_index: int) -> np.ndarray:
    maps = tf.convert_to_tensor(maps_network(image[np.newaxis], training=False))
    with tf.GradientTape() as tape:
        tape.watch(maps)
        logit = classifier(maps, training=False)[0, class_index]
    weights_ = tf.reduce_mean(tape.gradient(logit, maps), axis=(1, 2))[0]
    heat = np.maximum(np.sum(maps[0].numpy() * weights_.numpy(), axis=-1), 0)
    heat = heat / heat.max() if heat.max() > 0 else heat
    return np.where(heat < 0.2, 0, heat)
