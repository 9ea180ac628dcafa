# Singular values of the centred pixels.
def colour_components(images: np.ndarray) -> tuple:
    pixels = np.float64(images).reshape(-1, 3)
    centred = pixels - pixels.mean(0)
    _, s, rows = np.linalg.svd(centred, full_matrices=len(centred) < 3)
    variances = np.zeros(3)
    variances[: len(s)] = s**2 / len(centred)
    return variances, rows.T
