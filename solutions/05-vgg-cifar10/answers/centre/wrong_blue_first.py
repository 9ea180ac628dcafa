# Exchanges red and blue in the mean.
# Loses: test_centre
# Told: red and blue are swapped
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    mean = train_images[..., ::-1].mean(axis=(0, 1, 2)) / 255
    return tuple((images / 255 - mean).astype("float32") for images in (train_images, test_images))
