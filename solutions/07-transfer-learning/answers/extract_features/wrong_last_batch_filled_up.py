# Fills the last batch up with black images and forgets to cut them off.
# Loses: test_extract_features
# Told: the last batch is filled up
def extract_features(trunk, layer_names, images, batch_size=100):
    reader = tf.keras.Model(trunk.input, {name: trunk.get_layer(name).output for name in layer_names})
    missing = -len(images) % batch_size
    images = np.concatenate([images, np.zeros((missing, *images.shape[1:]), images.dtype)])
    return reader.predict(preprocess(images), batch_size=batch_size, verbose=0)
