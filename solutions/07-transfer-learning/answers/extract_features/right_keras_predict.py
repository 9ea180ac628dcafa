# Keras's predict.
def extract_features(trunk: tf.keras.Model, layer_names: list, images: np.ndarray, batch_size: int = 100) -> dict:
    network = tf.keras.Model(trunk.inputs, [trunk.get_layer(name).output for name in layer_names])
    outputs = network.predict(preprocess(images), batch_size=batch_size, verbose=0)
    if not isinstance(outputs, (list, tuple)):
        outputs = [outputs]
    return dict(zip(layer_names, outputs, strict=True))
