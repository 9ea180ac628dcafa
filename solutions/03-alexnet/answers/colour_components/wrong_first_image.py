# Only the first image ("of all pixels").
# Loses: test_colour_components
# Told: over all pixels of all images
def colour_components(images: np.ndarray) -> tuple:
    values, vectors = np.linalg.eigh(np.cov(images[0].reshape(-1, 3), rowvar=False))
    return values[::-1], vectors[:, ::-1]
