# One model with all ReLU outputs.
def activation_statistics(model: tf.keras.Model, images: np.ndarray) -> list:
    outputs = [layer.output for layer in model.layers if isinstance(layer, tf.keras.layers.ReLU)]
    result = []
    for values in tf.keras.Model(model.input, outputs)(images, training=True):
        values = np.asarray(values)
        places = tuple(range(values.ndim - 1))
        result.append((float(values.std(dtype="float64")), float(np.mean(values.max(axis=places) <= 0))))
    return result
