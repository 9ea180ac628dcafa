# Divided by the pixels of one image ("divided by the number of pixels"); right for one image.
# Loses: test_colour_components
# Told: the number of pixels of one image
def colour_components(images: np.ndarray) -> tuple:
    n, height, width, _ = images.shape
    pixels = images.reshape(-1, 3).astype("float64")
    centred = pixels - pixels.mean(axis=0)
    values, vectors = np.linalg.eigh(centred.T @ centred / (height * width))
    return values[::-1], vectors[:, ::-1]
