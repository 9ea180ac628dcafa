# With one name the output is not a list: only the first image's features come back.
# Loses: test_extract_features
# Told: should have shape (11, 8, 8, 4)
def extract_features(trunk: tf.keras.Model, layer_names: list, images: np.ndarray, batch_size: int = 100) -> dict:
    outputs = [trunk.get_layer(name).output for name in layer_names]
    reader = tf.keras.Model(trunk.input, outputs if len(outputs) > 1 else outputs[0])
    batches = {name: [] for name in layer_names}
    for start in range(0, len(images), batch_size):
        for name, values in zip(layer_names, reader(preprocess(images[start : start + batch_size]), training=False)):
            batches[name].append(values.numpy())
    return {name: np.concatenate(parts) for name, parts in batches.items()}
