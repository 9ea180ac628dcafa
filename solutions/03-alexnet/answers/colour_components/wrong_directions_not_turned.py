# The variances are put in descending order, the directions turned as rows ("column i is the eigenvector of eigenvalue i").
# Loses: test_colour_components
# Told: belongs to the variance at the same position
def colour_components(images: np.ndarray) -> tuple:
    values, vectors = np.linalg.eigh(np.cov(images.reshape(-1, 3), rowvar=False))
    return values[::-1], vectors[::-1]
