# Np.linalg.eig without sorting ("the largest first").
# Loses: test_colour_components
# Told: the largest first
def colour_components(images: np.ndarray) -> tuple:
    values, vectors = np.linalg.eig(np.cov(images.reshape(-1, 3), rowvar=False))
    return values.real, vectors.real
