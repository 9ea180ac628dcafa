# Uses the correlation matrix.
# Loses: test_colour_components
# Told: correlation matrix
def colour_components(images: np.ndarray) -> tuple:
    pixels = images.reshape(-1, 3).astype("float64")
    values, vectors = np.linalg.eigh(np.corrcoef(pixels, rowvar=False))
    return values[::-1], vectors[:, ::-1]
