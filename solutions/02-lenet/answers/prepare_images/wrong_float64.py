# Leaves the dtype to NumPy, which takes float64.
# Loses: test_prepare_images
# Told: divides bytes in float64
def prepare_images(images: np.ndarray) -> np.ndarray:
    return np.expand_dims(images / 255, axis=-1)
