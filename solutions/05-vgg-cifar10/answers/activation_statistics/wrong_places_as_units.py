# Takes every place of a map for a unit of its own: a channel has many of them.
# Loses: test_activation_statistics
# Told: each position of a map is taken for a unit
def activation_statistics(model: tf.keras.Model, images: np.ndarray) -> list:
    outputs = [layer.output for layer in model.layers if isinstance(layer, tf.keras.layers.ReLU)]
    probe = tf.keras.Model(model.input, outputs)
    return [
        (float(np.std(values)), float(np.mean(np.asarray(values).max(axis=0) <= 0)))
        for values in probe(images, training=True)
    ]
