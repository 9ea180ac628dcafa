# Divides by 255 first, as for LeNet.
# Loses: test_preprocess
# Told: divided by 255 before the mean
def preprocess(images):
    return images[..., ::-1].astype("float32") / 255 - np.array([103.939, 116.779, 123.68], "float32")
