# Turns the image round instead of the colours.
# Loses: test_preprocess
# Told: rows and columns were turned round
def preprocess(images):
    return images[:, :, ::-1].astype("float32") - np.array([103.939, 116.779, 123.68], "float32")
