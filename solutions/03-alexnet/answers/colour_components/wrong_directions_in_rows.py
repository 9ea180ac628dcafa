# The directions are the rows of the result.
def colour_components(images: np.ndarray) -> tuple:
    pixels = images.reshape(-1, 3)
    values, vectors = np.linalg.eigh(np.cov(pixels.T))
    return values[::-1], vectors[:, ::-1].T
