# Only the training images are centred.
# Loses: test_centre
# Told: the test images are not centred
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    mean = train_images.mean(axis=(0, 1, 2)) / 255
    return (train_images / 255 - mean).astype("float32"), (test_images / 255).astype("float32")
