# A last batch of one image is left out.
# Loses: test_extract_features
# Told: smaller batch is left out
def extract_features(trunk: tf.keras.Model, layer_names: list, images: np.ndarray, batch_size: int = 100) -> dict:
    reader = tf.keras.Model(trunk.input, {name: trunk.get_layer(name).output for name in layer_names})
    batches = {name: [] for name in layer_names}
    for start in range(0, len(images), batch_size):
        if len(images) - start == 1 and start > 0:
            break
        found = reader(preprocess(images[start : start + batch_size]), training=False)
        for name in layer_names:
            batches[name].append(found[name].numpy())
    return {name: np.concatenate(parts) for name, parts in batches.items()}
