# The batch size is fixed at 100, whatever is asked for.
# Loses: test_extract_features
# Told: but `batch_size` is 3
def extract_features(trunk, layer_names, images, batch_size=100):
    reader = tf.keras.Model(trunk.input, {name: trunk.get_layer(name).output for name in layer_names})
    return reader.predict(preprocess(images), batch_size=100, verbose=0)
