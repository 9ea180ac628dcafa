# TensorFlow throughout, divide_no_nan, maps computed inside the tape.
def grad_cam(maps_network: tf.keras.Model, classifier: tf.keras.Model, image: np.ndarray, class_index: int) -> np.ndarray:
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        maps = maps_network(tf.constant(image)[tf.newaxis, ...], training=False)
        tape.watch(maps)
        logits = classifier(maps, training=False)
        chosen = tf.gather(logits, class_index, axis=1)
    alpha = tf.reduce_mean(tape.gradient(chosen, maps), axis=[1, 2], keepdims=True)
    heat = tf.nn.relu(tf.reduce_sum(alpha * maps, axis=-1))[0]
    return tf.math.divide_no_nan(heat, tf.reduce_max(heat)).numpy()
