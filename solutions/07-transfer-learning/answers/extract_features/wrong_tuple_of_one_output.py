# A tuple of outputs: Keras returns a single one by itself, not in a tuple.
# Loses: test_extract_features
# Told: longer than argument 1
def layers(images, size):
    for start in range(0, len(images), size):
        yield preprocess(np.array(images[start : start + size]))

def extract_features(trunk, layer_names, images, batch_size=100):
    if not layer_names:
        raise ValueError("no layers")
    reader = tf.keras.Model(trunk.input, tuple(trunk.get_layer(n).output for n in layer_names))

    @tf.function(reduce_retracing=True)
    def read(batch):
        return reader(batch, training=False)

    rows = [[np.array(v) for v in read(tf.constant(batch))] for batch in layers(images, batch_size)]
    return {name: np.concatenate(column, axis=0) for name, column in zip(layer_names, zip(*rows), strict=True)}
