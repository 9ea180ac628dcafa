# Absolute values of the eigenvectors, which then are none ("column i is the eigenvector of eigenvalue i").
# Loses: test_colour_components
# Told: which should be the unit matrix
def colour_components(images: np.ndarray) -> tuple:
    values, vectors = np.linalg.eigh(np.cov(images.reshape(-1, 3), rowvar=False))
    return values[::-1], np.abs(vectors[:, ::-1])
