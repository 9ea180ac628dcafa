# Forgets to divide by the number of pixels; with two pixels this looks like dividing by one less.
# Loses: test_colour_components
# Told: these are sums
def colour_components(images: np.ndarray) -> tuple:
    pixels = images.reshape(-1, 3).astype("float64")
    deviations = pixels - pixels.mean(axis=0)
    values, vectors = np.linalg.eigh(deviations.T @ deviations)
    return values[::-1], vectors[:, ::-1]
