# A running float32 sum of millions of numbers: it stops growing properly.
# Loses: test_centre
# Told: float32 loses small numbers
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    pixels = (train_images / np.float32(255)).reshape(-1, 3)
    mean = np.cumsum(pixels, axis=0, dtype="float32")[-1] / np.float32(len(pixels))
    return tuple((images / np.float32(255) - mean).astype("float32") for images in (train_images, test_images))
