# Rounded to four digits, so that small spreads become 0.
# Loses: test_activation_statistics
# Told: it is not rounded
def activation_statistics(model: tf.keras.Model, images: np.ndarray) -> list:
    outputs = [layer.output for layer in model.layers if isinstance(layer, tf.keras.layers.ReLU)]
    result = []
    for values in tf.keras.Model(model.input, outputs)(images, training=True):
        values = values.numpy()
        places = tuple(range(values.ndim - 1))
        result.append((round(float(values.std()), 4), float(np.mean(values.max(axis=places) <= 0))))
    return result
