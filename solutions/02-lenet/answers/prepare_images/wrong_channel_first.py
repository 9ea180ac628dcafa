# Puts the channel axis where other libraries have it.
# Loses: test_prepare_images
# Told: the channel axis is the second one
def prepare_images(images: np.ndarray) -> np.ndarray:
    return np.expand_dims(images.astype('float32') / 255, axis=1)
