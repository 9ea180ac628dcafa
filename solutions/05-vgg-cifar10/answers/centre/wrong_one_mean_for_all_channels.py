# One number for red, green and blue together.
# Loses: test_centre
# Told: each channel has its own
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    mean = train_images.mean() / 255
    return tuple((images / 255 - mean).astype("float32") for images in (train_images, test_images))
