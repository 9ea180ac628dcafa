# Right values in float64: double the memory.
# Loses: test_preprocess
# Told: dtype float64
def preprocess(images):
    return images[..., ::-1] - np.array([103.939, 116.779, 123.68])
