# Scales to -1 to 1, as some other networks want it.
# Loses: test_prepare_images
# Told: scaled to the range -1 to 1
def prepare_images(images: np.ndarray) -> np.ndarray:
    return np.expand_dims(images.astype('float32') / 127.5 - 1, axis=-1)
