# Picks the channels by a list of places, then subtracts in place from its own copy.
MEAN_OF_VGG = (103.939, 116.779, 123.68)


def preprocess(pictures):
    result = np.array(pictures[:, :, :, [2, 1, 0]], dtype=np.float32)
    for place, mean in enumerate(MEAN_OF_VGG):
        result[..., place] -= mean
    return result
