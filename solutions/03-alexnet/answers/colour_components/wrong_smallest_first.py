# Returns the eigenvalues as eigh has them, the smallest first.
# Loses: test_colour_components
# Told: the order is reversed
def colour_components(images: np.ndarray) -> tuple:
    pixels = images.reshape(-1, 3)
    values, vectors = np.linalg.eigh(np.cov(pixels.T))
    return values, vectors
