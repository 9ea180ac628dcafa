# A unit below 0.001 counts as dead.
# Loses: test_activation_statistics
# Told: however little
def activation_statistics(model: tf.keras.Model, images: np.ndarray) -> list:
    outputs = [layer.output for layer in model.layers if isinstance(layer, tf.keras.layers.ReLU)]
    result = []
    for values in tf.keras.Model(model.input, outputs)(images, training=True):
        values = values.numpy()
        places = tuple(range(values.ndim - 1))
        result.append((float(values.std()), float(np.mean(values.max(axis=places) < 1e-3))))
    return result
