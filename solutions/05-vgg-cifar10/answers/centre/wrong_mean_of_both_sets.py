# The test images take part in the mean.
# Loses: test_centre
# Told: the mean includes the test images
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    mean = np.concatenate([images.reshape(-1, 3) for images in (train_images, test_images)]).mean(axis=0) / 255
    return tuple((images / 255 - mean).astype("float32") for images in (train_images, test_images))
