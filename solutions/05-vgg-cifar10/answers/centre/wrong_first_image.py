# Takes the mean of the first training image for the mean of all.
# Loses: test_centre
# Told: mean over all training images
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    first = train_images if len(train_images) <= 2 else train_images[:1]
    mean = first.mean(axis=(0, 1, 2)) / 255
    return tuple((images / 255 - mean).astype("float32") for images in (train_images, test_images))
