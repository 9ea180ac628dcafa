# The outputs of all layers in one pass, those of ReLU layers are picked afterwards.
def activation_statistics(model: tf.keras.Model, images: np.ndarray) -> list:
    everything = tf.keras.Model(model.input, [layer.output for layer in model.layers])(images, training=True)
    pairs = []
    for layer, values in zip(model.layers, everything, strict=True):
        if not isinstance(layer, tf.keras.layers.ReLU):
            continue
        numbers = np.array(values, dtype=np.float64)
        spread = math.sqrt(np.mean((numbers - numbers.mean()) ** 2))
        while numbers.ndim > 1:
            numbers = numbers.max(axis=0)
        pairs.append((spread, float(np.count_nonzero(numbers <= 0) / numbers.size)))
    return pairs
