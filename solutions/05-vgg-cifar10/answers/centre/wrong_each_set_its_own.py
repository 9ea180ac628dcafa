# The test set is centred by its own mean.
# Loses: test_centre
# Told: mean of the test image is subtracted
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    return tuple(
        (images / 255 - images.mean(axis=(0, 1, 2)) / 255).astype("float32") for images in (train_images, test_images)
    )
