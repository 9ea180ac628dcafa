# The mean of the images' means: all images have the same number of pixels.
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    means = (train_images / np.float32(255)).mean(axis=(1, 2), dtype=np.float64).mean(axis=0)
    shift = means.astype(np.float32)
    return np.divide(train_images, 255, dtype=np.float32) - shift, np.divide(test_images, 255, dtype=np.float32) - shift
