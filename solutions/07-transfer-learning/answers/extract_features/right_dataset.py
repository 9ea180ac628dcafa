# A tf.data pipeline over the bytes; each batch is prepared when its turn comes.
def extract_features(trunk, layer_names, images, batch_size=100):
    reader = tf.keras.Model(trunk.input, tuple(trunk.get_layer(name).output for name in layer_names))
    collected = [[] for _ in layer_names]
    for batch in tf.data.Dataset.from_tensor_slices(images).batch(batch_size):
        outputs = reader(preprocess(batch.numpy()), training=False)
        outputs = outputs if isinstance(outputs, (tuple, list)) else [outputs]
        for place, values in enumerate(outputs):
            collected[place].append(values.numpy())
    return {name: np.concatenate(parts, axis=0) for name, parts in zip(layer_names, collected)}
