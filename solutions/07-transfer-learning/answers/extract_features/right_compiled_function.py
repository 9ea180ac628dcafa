# A tf.function, np.array_split for the batches, and arrays that are filled.
def extract_features(trunk, layer_names, images, batch_size=100):
    reader = tf.keras.Model(trunk.input, {name: trunk.get_layer(name).output for name in layer_names})

    @tf.function
    def read(batch):
        return reader(batch, training=False)

    result, start = None, 0
    while start < len(images):
        batch = preprocess(images[start : start + batch_size])
        outputs = read(tf.constant(batch))
        if result is None:
            result = {name: np.zeros((len(images), *values.shape[1:]), "float32") for name, values in outputs.items()}
        for name, values in outputs.items():
            result[name][start : start + len(batch)] = values
        start += batch_size
    return result
