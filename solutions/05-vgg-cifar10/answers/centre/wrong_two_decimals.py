# The mean is rounded to two decimals.
# Loses: test_centre
# Told: It should be byte / 255 minus
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    mean = np.round(train_images.mean(axis=(0, 1, 2)) / 255, 2)
    return (train_images / 255 - mean).astype("float32"), (test_images / 255 - mean).astype("float32")
