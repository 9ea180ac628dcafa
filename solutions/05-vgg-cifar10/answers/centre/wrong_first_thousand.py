# The mean of the first 1,000 images only.
# Loses: test_centre
# Told: the mean is that of the first images only
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    mean = train_images[:1000].mean(axis=(0, 1, 2)) / 255
    return (train_images / 255 - mean).astype("float32"), (test_images / 255 - mean).astype("float32")
