# Pairs sorted names with unsorted outputs (passes the visible part, whose names are sorted).
# Loses: test_extract_features
# Told: paired in the wrong order
def extract_features(trunk, layer_names, images, batch_size=100):
    reader = tf.keras.Model(trunk.input, [trunk.get_layer(name).output for name in layer_names])
    parts = [reader(preprocess(images[start : start + batch_size]), training=False) for start in range(0, len(images), batch_size)]
    if len(layer_names) == 1:
        parts = [part if isinstance(part, list) else [part] for part in parts]
    return {name: np.concatenate([part[place] for part in parts]) for place, name in enumerate(sorted(layer_names))}
