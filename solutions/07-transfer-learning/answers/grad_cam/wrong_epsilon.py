# 1e-8 is added to the largest value: faint maps do not reach 1.
# Loses: test_grad_cam
# Told: a small number is added
def grad_cam(maps_network: tf.keras.Model, classifier: tf.keras.Model, image: np.ndarray, class_index: int) -> np.ndarray:
    maps = tf.convert_to_tensor(maps_network(image[np.newaxis], training=False))
    with tf.GradientTape() as tape:
        tape.watch(maps)
        logit = classifier(maps, training=False)[0, class_index]
    weights_ = tf.reduce_mean(tape.gradient(logit, maps), axis=(1, 2))[0]
    heat = np.maximum(np.sum(maps[0].numpy() * weights_.numpy(), axis=-1), 0)
    return heat / (heat.max() + 1e-8)
