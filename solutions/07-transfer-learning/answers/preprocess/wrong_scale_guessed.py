# Images whose largest value is 1 or less are taken for scaled ones.
# Loses: test_preprocess
# Told: made brighter
def preprocess(images: np.ndarray) -> np.ndarray:
    if images.max() <= 1:
        images = images * 255.0
    mean = np.array([103.939, 116.779, 123.68])
    return (images[..., ::-1] - mean).astype("float32")
