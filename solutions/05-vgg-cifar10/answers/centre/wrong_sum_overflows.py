# The sum overflows in uint16.
# Loses: test_centre
# Told: It should be byte / 255 minus
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    number = train_images.size // 3
    mean = train_images.sum(axis=(0, 1, 2), dtype="uint16") / number / 255
    return (train_images / 255 - mean).astype("float32"), (test_images / 255 - mean).astype("float32")
