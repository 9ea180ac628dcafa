# Makes all entries of the directions positive.
# Loses: test_colour_components
# Told: at right angles
def colour_components(images: np.ndarray) -> tuple:
    pixels = images.reshape(-1, 3).astype("float64")
    values, vectors = np.linalg.eigh(np.cov(pixels, rowvar=False))
    return values[::-1], np.abs(vectors[:, ::-1])
