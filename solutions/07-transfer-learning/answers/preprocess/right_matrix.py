# One matrix that exchanges red and blue; argument check.
def preprocess(images: np.ndarray) -> np.ndarray:
    if images.ndim != 4 or images.shape[-1] != 3:
        raise ValueError(f"expected (number, height, width, 3), got {images.shape}")
    exchange = np.fliplr(np.eye(3))
    expected = images.astype("float64") @ exchange - (103.939, 116.779, 123.68)
    return expected.astype("float32")
