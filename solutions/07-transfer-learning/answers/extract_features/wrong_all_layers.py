# Returns every layer, whatever is asked for.
# Loses: test_extract_features
# Told: should be the names in `layer_names`
def extract_features(trunk, layer_names, images, batch_size=100):
    reader = tf.keras.Model(trunk.input, {layer.name: layer.output for layer in trunk.layers[1:]})
    return reader.predict(preprocess(images), batch_size=batch_size, verbose=0)
