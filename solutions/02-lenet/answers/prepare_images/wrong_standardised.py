# Takes the mean off and divides by the standard deviation.
# Loses: test_prepare_images
# Told: divided by 255
def prepare_images(images: np.ndarray) -> np.ndarray:
    images = images.astype("float32")[..., np.newaxis]
    return (images - images.mean()) / images.std()
