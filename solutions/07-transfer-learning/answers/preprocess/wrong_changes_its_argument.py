# Right for bytes; works in place on images that are float32 already (passes the visible part).
# Loses: test_preprocess
# Told: changed the array it was given
def preprocess(images):
    values = np.asarray(images, dtype="float32")
    values[...] = values[..., ::-1] - np.array([103.939, 116.779, 123.68], "float32")
    return values
