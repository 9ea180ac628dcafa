# Scales, but forgets the channel axis.
# Loses: test_prepare_images
# Told: the channel axis is missing
def prepare_images(images: np.ndarray) -> np.ndarray:
    return images.astype('float32') / 255
