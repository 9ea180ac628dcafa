# Covariance by hand in float64, sorted by argsort.
def colour_components(images: np.ndarray) -> tuple:
    """Mean, deviations, covariance, eigenvectors."""
    colours = images.astype("float64").reshape((-1, 3))
    count = len(colours)
    mean = colours.sum(axis=0) / count
    deviations = colours - mean
    covariance = deviations.T @ deviations / count
    expected, directions = np.linalg.eigh(covariance)
    order = np.argsort(expected)[::-1]
    return expected[order], directions[:, order]
