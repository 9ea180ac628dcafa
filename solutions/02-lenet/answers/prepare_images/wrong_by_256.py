# Divides by the number of byte values and not by the largest one.
# Loses: test_prepare_images
# Told: divided by 256
def prepare_images(images: np.ndarray) -> np.ndarray:
    return np.expand_dims(images.astype('float32') / 256, axis=-1)
