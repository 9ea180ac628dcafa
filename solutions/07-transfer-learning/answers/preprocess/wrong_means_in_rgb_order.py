# Turns the colours round, but subtracts the means in the order red, green, blue.
# Loses: test_preprocess
# Told: the means are in the order red, green, blue
def preprocess(images):
    return images[..., ::-1].astype("float32") - np.array([123.68, 116.779, 103.939], "float32")
