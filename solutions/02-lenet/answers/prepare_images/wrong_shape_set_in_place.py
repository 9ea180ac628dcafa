# Sets the shape of the array it was given: the caller's images have four axes from then on.
# Loses: test_prepare_images
# Told: changed the array it was given
def prepare_images(images: np.ndarray) -> np.ndarray:
    images.shape = (*images.shape, 1)
    return images.astype("float32") / 255
