# Dead units first, then the spread.
# Loses: test_activation_statistics
# Told: spread and dead are swapped
def activation_statistics(model: tf.keras.Model, images: np.ndarray) -> list:
    outputs = [layer.output for layer in model.layers if isinstance(layer, tf.keras.layers.ReLU)]
    probe = tf.keras.Model(model.input, outputs)
    return [
        (float(np.mean(np.asarray(values).reshape(-1, values.shape[-1]).max(axis=0) <= 0)), float(np.std(values)))
        for values in probe(images, training=True)
    ]
