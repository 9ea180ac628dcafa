# Turns the image round instead of the colours.
# Loses: test_preprocess
# Told: the pixels are reversed, not the colours
def preprocess(images):
    return images[:, :, ::-1].astype("float32") - np.array([103.939, 116.779, 123.68], "float32")
