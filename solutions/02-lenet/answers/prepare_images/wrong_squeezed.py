# Squeezes first, so a single image loses its first axis: passes the visible check.
# Loses: test_prepare_images
# Told: the axis of the images is missing
def prepare_images(images: np.ndarray) -> np.ndarray:
    return np.squeeze(images)[..., np.newaxis].astype("float32") / 255
