# Float values are cut to whole bytes.
# Loses: test_preprocess
# Told: the fractions are cut off
def preprocess(images: np.ndarray) -> np.ndarray:
    mean = np.array([103.939, 116.779, 123.68])
    return (images.astype("uint8")[..., ::-1] - mean).astype("float32")
