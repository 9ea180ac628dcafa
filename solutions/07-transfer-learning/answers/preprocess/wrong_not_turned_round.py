# Subtracts the means, in the right order for red, green, blue, but forgets to turn the colours round.
# Loses: test_preprocess
# Told: the colours are not reversed
def preprocess(images):
    return images.astype("float32") - np.array([123.68, 116.779, 103.939], "float32")
