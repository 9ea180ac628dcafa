# Stores float16 to save memory; large features lose digits.
# Loses: test_extract_features
# Told: dtype float16
def extract_features(trunk, layer_names, images, batch_size=100):
    reader = tf.keras.Model(trunk.input, {name: trunk.get_layer(name).output for name in layer_names})
    outputs = reader.predict(preprocess(images), batch_size=batch_size, verbose=0)
    return {name: values.astype("float16") for name, values in outputs.items()}
