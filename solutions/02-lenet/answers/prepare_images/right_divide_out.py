# Writes into a new array with np.divide, with argument checks.
def prepare_images(images: np.ndarray) -> np.ndarray:
    if images.ndim != 3:
        raise ValueError(f"expected (number, height, width), got {images.shape}")
    expected = np.empty(images.shape + (1,), dtype="float32")
    np.divide(images, 255, out=expected[:, :, :, 0], casting="unsafe")
    return expected
