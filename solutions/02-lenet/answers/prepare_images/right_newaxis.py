# Indexes with np.newaxis and multiplies by the reciprocal in float32.
def prepare_images(images: np.ndarray) -> np.ndarray:
    return images[..., np.newaxis] * np.float32(1 / 255)
