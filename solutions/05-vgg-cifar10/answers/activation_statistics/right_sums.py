# A unit is dead if the sum of its values is 0: behind ReLU none is negative.
def activation_statistics(model: tf.keras.Model, images: np.ndarray) -> list:
    names = [layer.name for layer in model.layers if type(layer) is tf.keras.layers.ReLU]
    probe = tf.keras.Model(model.input, {name: model.get_layer(name).output for name in names})
    found = probe(images, training=True)
    result = []
    for name in names:
        values = found[name].numpy()
        totals = values.sum(axis=tuple(range(values.ndim - 1)))
        result.append((np.sqrt(np.mean(values**2) - np.mean(values) ** 2), np.sum(totals == 0) / totals.size))
    return result
