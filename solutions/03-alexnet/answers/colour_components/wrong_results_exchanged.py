# Returns the directions first and the variances second.
# Loses: test_colour_components
# Told: the two results are swapped
def colour_components(images: np.ndarray) -> tuple:
    pixels = images.reshape(-1, 3).astype("float64")
    values, vectors = np.linalg.eigh(np.cov(pixels, rowvar=False))
    return vectors[:, ::-1], values[::-1]
