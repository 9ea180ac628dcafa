# Divides the sum by the number of pixels with //: the mean loses its decimals.
# Loses: test_centre
# Told: rounded down
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    pixels = train_images.reshape(-1, 3).astype(int)
    mean = pixels.sum(axis=0) // len(pixels)
    return tuple(((images - mean) / 255).astype("float32") for images in (train_images, test_images))
