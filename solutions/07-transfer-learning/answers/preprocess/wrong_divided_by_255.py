# Divides by 255 first, as for LeNet.
def preprocess(images):
    return images[..., ::-1].astype("float32") / 255 - np.array([103.939, 116.779, 123.68], "float32")
