# After a convolution the mean of the channels' standard deviations.
# Loses: test_activation_statistics
# Told: that of all values after the ReLU
def activation_statistics(model: tf.keras.Model, images: np.ndarray) -> list:
    outputs = [layer.output for layer in model.layers if isinstance(layer, tf.keras.layers.ReLU)]
    result = []
    for values in tf.keras.Model(model.input, outputs)(images, training=True):
        values = values.numpy()
        places = tuple(range(values.ndim - 1))
        spread = values.std(axis=places).mean() if values.ndim == 4 else values.std()
        result.append((float(spread), float(np.mean(values.max(axis=places) <= 0))))
    return result
