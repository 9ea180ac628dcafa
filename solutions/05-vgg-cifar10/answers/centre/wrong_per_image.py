# The mean of each image.
# Loses: test_centre
# Told: mean of each image
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    return tuple(
        (images / 255 - images.mean(axis=(1, 2), keepdims=True) / 255).astype("float32")
        for images in (train_images, test_images)
    )
