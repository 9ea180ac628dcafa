# Forgets to subtract the mean colour.
# Loses: test_colour_components
# Told: the mean is not subtracted
def colour_components(images: np.ndarray) -> tuple:
    pixels = images.reshape(-1, 3).astype("float64")
    values, vectors = np.linalg.eigh(pixels.T @ pixels / len(pixels))
    return values[::-1], vectors[:, ::-1]
