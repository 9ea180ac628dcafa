# Sends the batch through the layers one by one and looks at it behind each ReLU.
def activation_statistics(model: tf.keras.Model, images: np.ndarray) -> list:
    pairs = []
    values = images
    for layer in model.layers:
        if isinstance(layer, tf.keras.layers.InputLayer):
            continue
        values = layer(values, training=True)
        if isinstance(layer, tf.keras.layers.ReLU):
            alive = tf.reduce_any(values > 0, axis=list(range(len(values.shape) - 1)))
            pairs.append((float(tf.math.reduce_std(values)), 1 - float(tf.reduce_mean(tf.cast(alive, tf.float32)))))
    return pairs
