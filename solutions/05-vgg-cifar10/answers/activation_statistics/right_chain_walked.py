# Walks along the chain, layer by layer.
def activation_statistics(model: tf.keras.Model, images: np.ndarray) -> list:
    values, found = tf.convert_to_tensor(images), []
    for layer in model.layers:
        if isinstance(layer, tf.keras.layers.InputLayer):
            continue
        values = layer(values, training=True) if layer._call_has_training_arg else layer(values)
        if isinstance(layer, tf.keras.layers.ReLU):
            array = values.numpy().astype("float64")
            units = array.reshape(-1, array.shape[-1])
            dead = [not (units[:, u] > 0).any() for u in range(units.shape[1])]
            found.append((float(np.std(units)), sum(dead) / len(dead)))
    return found
