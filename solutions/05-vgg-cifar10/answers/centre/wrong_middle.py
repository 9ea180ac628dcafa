# The middle between the smallest and the largest value.
# Loses: test_centre
# Told: It should be byte / 255 minus
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    middle = (train_images.min(axis=(0, 1, 2)) / 255 + train_images.max(axis=(0, 1, 2)) / 255) / 2
    return (train_images / 255 - middle).astype("float32"), (test_images / 255 - middle).astype("float32")
