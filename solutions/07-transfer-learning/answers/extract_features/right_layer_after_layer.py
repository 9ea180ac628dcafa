# Sends each batch through the layers by hand and keeps what is asked for; stops at the last one.
def extract_features(trunk, layer_names, images, batch_size=100):
    found = {name: [] for name in layer_names}
    last = max(index for index, layer in enumerate(trunk.layers) if layer.name in found)
    for start in range(0, len(images), batch_size):
        values = preprocess(images[start : start + batch_size])
        for layer in trunk.layers[1 : last + 1]:
            values = layer(values, training=False)
            if layer.name in found:
                found[layer.name].append(np.asarray(values))
    return {name: np.concatenate(parts) for name, parts in found.items()}
