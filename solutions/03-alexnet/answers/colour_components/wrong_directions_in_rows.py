# The directions are the rows of the result.
# Loses: test_colour_components
# Told: rows and columns are swapped
def colour_components(images: np.ndarray) -> tuple:
    pixels = images.reshape(-1, 3)
    values, vectors = np.linalg.eigh(np.cov(pixels.T))
    return values[::-1], vectors[:, ::-1].T
