# Sends each image through by itself, and averages the spreads.
# Loses: test_activation_statistics
# Told: each image is measured by itself
def activation_statistics(model: tf.keras.Model, images: np.ndarray) -> list:
    outputs = [layer.output for layer in model.layers if isinstance(layer, tf.keras.layers.ReLU)]
    probe = tf.keras.Model(model.input, outputs)
    found = [probe(image[np.newaxis], training=True) for image in images]
    pairs = []
    for place in range(len(outputs)):
        values = [np.asarray(each[place]) for each in found]
        highest = np.max([one.reshape(-1, one.shape[-1]).max(axis=0) for one in values], axis=0)
        pairs.append((float(np.mean([one.std() for one in values])), float(np.mean(highest <= 0))))
    return pairs
