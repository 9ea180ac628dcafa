# The trunk is frozen on the way.
# Loses: test_extract_features
# Told: changed which layers of the trunk can be trained
def extract_features(trunk: tf.keras.Model, layer_names: list, images: np.ndarray, batch_size: int = 100) -> dict:
    trunk.trainable = False
    reader = tf.keras.Model(trunk.input, {name: trunk.get_layer(name).output for name in layer_names})
    batches = {name: [] for name in layer_names}
    for start in range(0, len(images), batch_size):
        found = reader(preprocess(images[start : start + batch_size]), training=False)
        for name in layer_names:
            batches[name].append(found[name].numpy())
    return {name: np.concatenate(parts) for name, parts in batches.items()}
