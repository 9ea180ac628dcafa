# Takes the three channels apart and stacks them in the new order.
def preprocess(images):
    red, green, blue = (images[..., channel].astype("float32") for channel in range(3))
    return np.stack([blue - 103.939, green - 116.779, red - 123.68], axis=-1)
