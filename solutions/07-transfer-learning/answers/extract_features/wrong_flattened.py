# Flattens the features: the places are lost for whatever comes after.
# Loses: test_extract_features
# Told: the features are flattened
def extract_features(trunk, layer_names, images, batch_size=100):
    reader = tf.keras.Model(trunk.input, {name: trunk.get_layer(name).output for name in layer_names})
    outputs = reader.predict(preprocess(images), batch_size=batch_size, verbose=0)
    return {name: values.reshape(len(images), -1) for name, values in outputs.items()}
