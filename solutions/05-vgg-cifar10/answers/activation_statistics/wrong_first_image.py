# Looks for dead units in the first image only, and only after convolutions.
# Loses: test_activation_statistics
# Told: no image and no position makes it positive
def activation_statistics(model: tf.keras.Model, images: np.ndarray) -> list:
    outputs = [layer.output for layer in model.layers if isinstance(layer, tf.keras.layers.ReLU)]
    probe = tf.keras.Model(model.input, outputs)
    pairs = []
    for values in probe(images, training=True):
        values = np.asarray(values)
        seen = values[:1] if values.ndim == 4 else values
        pairs.append((float(values.std()), float(np.mean(seen.reshape(-1, values.shape[-1]).max(axis=0) <= 0))))
    return pairs
