# The method predict takes care of the batches; one output a layer, as a list.
def extract_features(trunk, layer_names, images, batch_size=100):
    names = list(layer_names)
    reader = tf.keras.Model(trunk.input, [trunk.get_layer(name).output for name in names])
    outputs = reader.predict(preprocess(images), batch_size=batch_size, verbose=0)
    if len(names) == 1:
        outputs = [outputs[0] if isinstance(outputs, list) else outputs]
    return dict(zip(names, outputs))
