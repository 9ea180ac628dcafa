# Reverses the rows of the eigenvectors instead of their columns.
# Loses: test_colour_components
# Told: belongs to the variance at the same position
def colour_components(images: np.ndarray) -> tuple:
    pixels = images.reshape(-1, 3)
    values, vectors = np.linalg.eigh(np.cov(pixels.T))
    return values[::-1], vectors[::-1]
