# A batch of dark images (largest value below 100) is made as bright as 255.
# Loses: test_extract_features
# Told: the output of this layer
def extract_features(trunk: tf.keras.Model, layer_names: list, images: np.ndarray, batch_size: int = 100) -> dict:
    reader = tf.keras.Model(trunk.input, {name: trunk.get_layer(name).output for name in layer_names})
    batches = {name: [] for name in layer_names}
    for start in range(0, len(images), batch_size):
        found = reader(preprocess(images[start : start + batch_size] * (255 / images[start : start + batch_size].max() if images.max() < 100 else 1.0)), training=False)
        for name in layer_names:
            batches[name].append(found[name].numpy())
    return {name: np.concatenate(parts) for name, parts in batches.items()}
