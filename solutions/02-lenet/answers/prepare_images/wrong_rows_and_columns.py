# Swaps rows and columns with a transposition: right shapes for square images.
# Loses: test_prepare_images
# Told: rows and columns are swapped
def prepare_images(images: np.ndarray) -> np.ndarray:
    return images.T[np.newaxis].T.swapaxes(1, 2).astype("float32") / 255
