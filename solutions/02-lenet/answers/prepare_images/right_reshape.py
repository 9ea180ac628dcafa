# Reshapes instead of expand_dims, and divides in float64 before the cast.
def prepare_images(images: np.ndarray) -> np.ndarray:
    number, height, width = images.shape
    return (images / 255.0).reshape(number, height, width, 1).astype(np.float32)
