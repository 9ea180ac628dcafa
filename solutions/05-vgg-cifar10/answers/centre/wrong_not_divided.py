# The mean is subtracted from the bytes, which are not divided by 255.
# Loses: test_centre
# Told: not divided by 255
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    mean = train_images.mean(axis=(0, 1, 2))
    return tuple((images - mean).astype("float32") for images in (train_images, test_images))
