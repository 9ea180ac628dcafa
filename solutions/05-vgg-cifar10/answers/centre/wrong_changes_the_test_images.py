# Sets pixels of the training images to fit.
# Loses: test_centre
# Told: Work on a copy
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    mean = train_images.mean(axis=(0, 1, 2)) / 255
    result = (train_images / 255 - mean).astype("float32"), (test_images / 255 - mean).astype("float32")
    test_images -= np.round(255 * mean).astype("uint8")
    return result
