# Layer by layer through the chain of layers, without a second model.
def extract_features(trunk: tf.keras.Model, layer_names: list, images: np.ndarray, batch_size: int = 100) -> dict:
    count = math.ceil(len(images) / batch_size)
    lists = [[] for _ in layer_names]
    for number in range(count):
        values = tf.convert_to_tensor(preprocess(images[number * batch_size : (number + 1) * batch_size]))
        for layer in trunk.layers:
            if not isinstance(layer, tf.keras.layers.InputLayer):
                values = layer(values, training=False) if layer._call_has_training_arg else layer(values)
            if layer.name in layer_names:
                lists[layer_names.index(layer.name)].append(np.asarray(values))
    return {name: np.vstack(parts) for name, parts in zip(layer_names, lists)}
