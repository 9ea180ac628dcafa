# Outputs in the order of the trunk, paired with the names in theirs.
# Loses: test_extract_features
# Told: paired in the wrong order
def extract_features(trunk: tf.keras.Model, layer_names: list, images: np.ndarray, batch_size: int = 100) -> dict:
    reader = tf.keras.Model(trunk.input, dict(zip(layer_names, [layer.output for layer in trunk.layers if layer.name in layer_names])))
    batches = {name: [] for name in layer_names}
    for start in range(0, len(images), batch_size):
        found = reader(preprocess(images[start : start + batch_size]), training=False)
        for name in layer_names:
            batches[name].append(found[name].numpy())
    return {name: np.concatenate(parts) for name, parts in batches.items()}
