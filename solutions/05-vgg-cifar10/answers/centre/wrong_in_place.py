# Subtracts in the arrays of bytes themselves, which cannot hold the result.
# Loses: test_centre
# Told: Cannot cast
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    mean = train_images.mean(axis=(0, 1, 2))
    train_images -= mean
    test_images -= mean
    return train_images / np.float32(255), test_images / np.float32(255)
