# Cuts negative values off, because images have none.
# Loses: test_preprocess
# Told: negative values are set to 0
def preprocess(images):
    values = images[..., ::-1].astype("float32") - np.array([103.939, 116.779, 123.68], "float32")
    return np.clip(values, 0, 255)
