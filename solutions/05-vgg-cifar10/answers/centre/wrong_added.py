# Adds the mean instead of subtracting it.
# Loses: test_centre
# Told: the mean is added
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    mean = train_images.mean(axis=(0, 1, 2)) / 255
    return tuple((images / 255 + mean).astype("float32") for images in (train_images, test_images))
