# Adds the axis, but leaves the bytes as they are.
# Loses: test_prepare_images
# Told: not divided by 255
def prepare_images(images: np.ndarray) -> np.ndarray:
    return np.expand_dims(images.astype('float32'), axis=-1)
