# Right features, but freezes the trunk on the way (passes the visible part, where nobody looks).
# Loses: test_extract_features
# Told: changed which layers of the trunk can be trained
def extract_features(trunk, layer_names, images, batch_size=100):
    trunk.trainable = False
    reader = tf.keras.Model(trunk.input, {name: trunk.get_layer(name).output for name in layer_names})
    return reader.predict(preprocess(images), batch_size=batch_size, verbose=0)
