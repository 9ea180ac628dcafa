# Returns the test images first.
# Loses: test_centre
# Told: training and test images are swapped
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    mean = train_images.mean(axis=(0, 1, 2)) / 255
    train, test = ((images / 255 - mean).astype("float32") for images in (train_images, test_images))
    return test, train
