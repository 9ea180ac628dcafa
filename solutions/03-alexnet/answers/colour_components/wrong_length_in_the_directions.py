# Scales each direction with its standard deviation.
# Loses: test_colour_components
# Told: length 1
def colour_components(images: np.ndarray) -> tuple:
    pixels = images.reshape(-1, 3).astype("float64")
    values, vectors = np.linalg.eigh(np.cov(pixels, rowvar=False))
    lengths = np.sqrt(np.maximum(values, 0))
    return values[::-1], (vectors * lengths)[:, ::-1]
