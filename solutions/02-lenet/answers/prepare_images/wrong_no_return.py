# Computes the result and does not return it.
# Loses: test_prepare_images
# Told: missing `return`
def prepare_images(images: np.ndarray) -> np.ndarray:
    images = np.expand_dims(images.astype('float32') / 255, axis=-1)
