# Returns standard deviations.
# Loses: test_colour_components
# Told: these are standard deviations
def colour_components(images: np.ndarray) -> tuple:
    pixels = images.reshape(-1, 3)
    values, vectors = np.linalg.eigh(np.cov(pixels.T))
    return np.sqrt(np.maximum(values[::-1], 0)), vectors[:, ::-1]
