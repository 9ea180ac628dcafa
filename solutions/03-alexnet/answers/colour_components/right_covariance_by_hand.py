# The covariance matrix by hand, sorted with argsort, divided by one less.
def colour_components(images: np.ndarray) -> tuple:
    pixels = images.reshape(-1, 3).astype("float64")
    deviations = pixels - pixels.mean(axis=0)
    covariance = deviations.T @ deviations / (len(pixels) - 1)
    values, vectors = np.linalg.eigh(covariance)
    order = np.argsort(-values)
    return values[order], vectors[:, order]
