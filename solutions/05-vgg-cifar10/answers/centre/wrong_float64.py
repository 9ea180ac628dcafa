# The dtype stays float64: twice the memory.
# Loses: test_centre
# Told: dtype float64
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    mean = train_images.mean(axis=(0, 1, 2)) / 255
    return train_images / 255 - mean, test_images / 255 - mean
