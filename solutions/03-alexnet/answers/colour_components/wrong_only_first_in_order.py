# First and last are exchanged in the directions by assignment through a view, so that column 2 repeats column 0 ("column i is the eigenvector of eigenvalue i").
# Loses: test_colour_components
# Told: which should be the unit matrix
def colour_components(images: np.ndarray) -> tuple:
    values, vectors = np.linalg.eigh(np.cov(images.reshape(-1, 3), rowvar=False))
    first = vectors[:, 0]
    vectors[:, 0] = vectors[:, 2]
    vectors[:, 2] = first
    return values[::-1], vectors
