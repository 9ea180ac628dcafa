# Takes what goes into each ReLU, not what comes out.
# Loses: test_activation_statistics
# Told: the values before the ReLU are measured
def activation_statistics(model: tf.keras.Model, images: np.ndarray) -> list:
    outputs = [layer.input for layer in model.layers if isinstance(layer, tf.keras.layers.ReLU)]
    probe = tf.keras.Model(model.input, outputs)
    return [
        (float(np.std(values)), float(np.mean(np.asarray(values).reshape(-1, values.shape[-1]).max(axis=0) <= 0)))
        for values in probe(images, training=True)
    ]
