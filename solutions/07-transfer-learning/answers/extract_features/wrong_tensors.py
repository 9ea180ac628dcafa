# Returns tensors instead of NumPy arrays.
# Loses: test_extract_features
# Told: turns a tensor into one
def extract_features(trunk, layer_names, images, batch_size=100):
    reader = tf.keras.Model(trunk.input, {name: trunk.get_layer(name).output for name in layer_names})
    parts = []
    for start in range(0, len(images), batch_size):
        parts.append(reader(preprocess(images[start : start + batch_size]), training=False))
    return {name: tf.concat([part[name] for part in parts], axis=0) for name in layer_names}
