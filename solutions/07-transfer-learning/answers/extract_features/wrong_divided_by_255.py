# Divides by 255 before preparing.
# Loses: test_extract_features
# Told: divided by 255
def extract_features(trunk, layer_names, images, batch_size=100):
    reader = tf.keras.Model(trunk.input, {name: trunk.get_layer(name).output for name in layer_names})
    outputs = reader.predict(preprocess(images / 255.0), batch_size=batch_size, verbose=0)
    return {name: outputs[name] for name in layer_names}
