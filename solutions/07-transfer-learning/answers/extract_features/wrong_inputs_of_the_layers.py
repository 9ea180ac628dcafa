# Takes what goes into each layer, not what comes out.
# Loses: test_extract_features
# Told: this is the input of the layer
def extract_features(trunk, layer_names, images, batch_size=100):
    reader = tf.keras.Model(trunk.input, {name: trunk.get_layer(name).input for name in layer_names})
    return reader.predict(preprocess(images), batch_size=batch_size, verbose=0)
