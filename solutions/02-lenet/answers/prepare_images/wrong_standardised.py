# Takes the mean off and divides by the standard deviation.
# Loses: test_prepare_images
# Told: something else was done than to divide
def prepare_images(images: np.ndarray) -> np.ndarray:
    images = images.astype("float32")[..., np.newaxis]
    return (images - images.mean()) / images.std()
