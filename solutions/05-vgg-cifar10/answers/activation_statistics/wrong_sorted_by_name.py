# The layers in the alphabetical order of their names (re_lu_10 before re_lu_2).
# Loses: test_activation_statistics
# Told: that of all values after the ReLU
def activation_statistics(model: tf.keras.Model, images: np.ndarray) -> list:
    relus = sorted((layer for layer in model.layers if isinstance(layer, tf.keras.layers.ReLU)), key=lambda layer: layer.name)
    result = []
    for values in tf.keras.Model(model.input, [relu.output for relu in relus])(images, training=True):
        values = values.numpy()
        places = tuple(range(values.ndim - 1))
        result.append((float(values.std()), float(np.mean(values.max(axis=places) <= 0))))
    return result
