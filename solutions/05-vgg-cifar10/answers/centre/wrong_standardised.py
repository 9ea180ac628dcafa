# Divides by the standard deviation, too.
# Loses: test_centre
# Told: divided by their standard deviation
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    mean, deviation = train_images.mean(axis=(0, 1, 2)), train_images.std(axis=(0, 1, 2)) + 1e-6
    return tuple(((images - mean) / deviation).astype("float32") for images in (train_images, test_images))
