# Mean in float64.
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    mean = train_images.mean(axis=(0, 1, 2), dtype="float64") / 255
    return (train_images / 255 - mean).astype("float32"), (test_images / 255 - mean).astype("float32")
