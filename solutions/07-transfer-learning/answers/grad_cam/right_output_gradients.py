# The logit picked by a one-hot row (output_gradients), float32.
def grad_cam(maps_network: tf.keras.Model, classifier: tf.keras.Model, image: np.ndarray, class_index: int) -> np.ndarray:
    maps = maps_network(image.reshape(1, *image.shape), training=False)
    with tf.GradientTape() as tape:
        tape.watch(maps)
        logits = classifier(maps, training=False)
    picked = tf.one_hot([class_index], logits.shape[-1], dtype=logits.dtype)
    (gradient,) = tape.gradient(logits, [maps], output_gradients=picked)
    expected = tf.tensordot(maps[0], tf.reduce_mean(gradient[0], (0, 1)), axes=1)
    positive = tf.maximum(expected, 0).numpy()
    return positive / (positive.max() or 1)
