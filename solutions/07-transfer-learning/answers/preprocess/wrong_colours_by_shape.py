# The axis of length 3 that comes first is turned round: a photograph of 3 rows is mirrored.
# Loses: test_preprocess
# Told: the pixels are reversed, not the colours
def preprocess(images: np.ndarray) -> np.ndarray:
    mean = np.array([103.939, 116.779, 123.68])
    return (np.flip(images, axis=images.shape.index(3, 1)) - mean).astype("float32")
