# Divides with //, which leaves 0 and 1 only.
# Loses: test_prepare_images
# Told: rounds down
def prepare_images(images: np.ndarray) -> np.ndarray:
    return np.expand_dims(images // 255, axis=-1).astype('float32')
