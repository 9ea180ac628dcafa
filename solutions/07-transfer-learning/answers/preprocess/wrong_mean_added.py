# Adds the mean instead of subtracting it.
# Loses: test_preprocess
# Told: the mean is added
def preprocess(images):
    return images[..., ::-1].astype("float32") + np.array([103.939, 116.779, 123.68], "float32")
