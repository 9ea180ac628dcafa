# Subtracts from each image its own mean colour.
# Loses: test_colour_components
# Told: over all pixels of all images
def colour_components(images: np.ndarray) -> tuple:
    pixels = (images - images.mean(axis=(1, 2), keepdims=True)).reshape(-1, 3).astype("float64")
    values, vectors = np.linalg.eigh(pixels.T @ pixels / len(pixels))
    return values[::-1], vectors[:, ::-1]
