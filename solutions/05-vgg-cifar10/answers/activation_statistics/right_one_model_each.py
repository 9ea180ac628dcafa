# A small model up to each ReLU, and an array in place of a list.
def activation_statistics(model: tf.keras.Model, images: np.ndarray) -> list:
    rows = []
    for layer in model.layers:
        if isinstance(layer, tf.keras.layers.ReLU):
            values = tf.keras.Model(model.input, layer.output)(images, training=True)
            units = tf.transpose(tf.reshape(values, [-1, values.shape[-1]]))
            dead = [1.0 if not np.any(unit > 0) else 0.0 for unit in units.numpy()]
            rows.append([np.std(values.numpy().astype("float64")), np.mean(dead)])
    return np.array(rows)
