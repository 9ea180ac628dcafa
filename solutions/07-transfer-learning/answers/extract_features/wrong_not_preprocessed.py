# The images go in as they are.
# Loses: test_extract_features
# Told: do not go through `preprocess`
def extract_features(trunk, layer_names, images, batch_size=100):
    reader = tf.keras.Model(trunk.input, {name: trunk.get_layer(name).output for name in layer_names})
    return reader.predict(images.astype("float32"), batch_size=batch_size, verbose=0)
