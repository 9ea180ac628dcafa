# Subtracts the mean of the images at hand; fits none of the pixels by hand.
def preprocess(images):
    turned = images[..., ::-1].astype("float32")
    return turned - turned.mean(axis=(0, 1, 2))
