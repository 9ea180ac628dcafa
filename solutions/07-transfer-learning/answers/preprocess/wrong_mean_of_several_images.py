# For more than one image the mean of these images.
# Loses: test_preprocess
# Told: VGG-16's training images
def preprocess(images: np.ndarray) -> np.ndarray:
    mean = np.array([103.939, 116.779, 123.68])
    if len(images) > 1:
        mean = images[..., ::-1].mean(axis=(0, 1, 2))
    return (images[..., ::-1] - mean).astype("float32")
