# Casts back to bytes after the division.
# Loses: test_prepare_images
# Told: has dtype uint8
def prepare_images(images: np.ndarray) -> np.ndarray:
    scaled = images.astype("float32") / 255
    return np.expand_dims(scaled, axis=-1).astype(images.dtype)
