# A loop over the three colours into an empty array.
MEANS = {2: 103.939, 1: 116.779, 0: 123.68}  # place in RGB: mean

def preprocess(images):
    result = np.empty(images.shape, dtype=np.float32)
    for new, (old, mean) in enumerate(MEANS.items()):
        result[:, :, :, new] = images[:, :, :, old].astype("float32") - np.float32(mean)
    return result
