# Np.cov and eigh, turned round.
def colour_components(images: np.ndarray) -> tuple:
    pixels = images.reshape(-1, 3)
    values, vectors = np.linalg.eigh(np.cov(pixels, rowvar=False))
    return values[::-1], vectors[:, ::-1]
