# The median instead of the mean.
# Loses: test_centre
# Told: median
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    middle = np.median(train_images, axis=(0, 1, 2)) / 255
    return (train_images / 255 - middle).astype("float32"), (test_images / 255 - middle).astype("float32")
