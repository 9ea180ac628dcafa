# Divides by the largest byte that occurs, which is 255 only by chance.
# Loses: test_centre
# Told: largest byte of these images
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    largest = train_images.max()
    mean = train_images.mean(axis=(0, 1, 2)) / largest
    return tuple((images / largest - mean).astype("float32") for images in (train_images, test_images))
