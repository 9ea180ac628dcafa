# len(images) // batch_size batches: the last, smaller one is left out.
# Loses: test_extract_features
# Told: the last, smaller batch is left out
def extract_features(trunk, layer_names, images, batch_size=100):
    reader = tf.keras.Model(trunk.input, {name: trunk.get_layer(name).output for name in layer_names})
    parts = []
    for number in range(len(images) // batch_size):
        part = preprocess(images[number * batch_size : (number + 1) * batch_size])
        parts.append(reader(part, training=False))
    return {name: np.concatenate([part[name] for part in parts]) for name in layer_names}
