# Scales, but forgets the channel axis.
# Loses: test_prepare_images
# Told: no channel axis
def prepare_images(images: np.ndarray) -> np.ndarray:
    return images.astype('float32') / 255
