# np.cov without rowvar=False: takes each pixel for a variable.
# Loses: test_colour_components
# Told: this is the covariance of the pixels
def colour_components(images: np.ndarray) -> tuple:
    pixels = images.reshape(-1, 3).astype("float64")
    values, vectors = np.linalg.eigh(np.cov(pixels))
    return values[::-1], vectors[:, ::-1]
