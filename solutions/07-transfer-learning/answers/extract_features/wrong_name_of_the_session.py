# Uses a model that only the student's session has.
# Loses: test_extract_features
# Told: a name that exists only in your session
def extract_features(trunk, layer_names, images, batch_size=100):
    outputs = feature_reader.predict(preprocess(images), batch_size=batch_size, verbose=0)
    return {name: outputs[name] for name in layer_names}
