# Subtracts as bytes: what is below the mean comes out large.
# Loses: test_centre
# Told: bytes are subtracted from bytes
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    mean = np.round(train_images.mean(axis=(0, 1, 2))).astype("uint8")
    return tuple(((images - mean) / 255).astype("float32") for images in (train_images, test_images))
