# Averages the features over the places, as for a classifier at the very end.
# Loses: test_extract_features
# Told: averaged over the positions
def extract_features(trunk, layer_names, images, batch_size=100):
    reader = tf.keras.Model(trunk.input, {name: trunk.get_layer(name).output for name in layer_names})
    outputs = reader.predict(preprocess(images), batch_size=batch_size, verbose=0)
    return {name: values.mean(axis=(1, 2)) for name, values in outputs.items()}
