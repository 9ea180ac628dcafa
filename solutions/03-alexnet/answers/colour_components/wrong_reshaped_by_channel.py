# Reshape(3, -1) does not separate the channels ("of the three channels").
# Loses: test_colour_components
# Told: the largest first
def colour_components(images: np.ndarray) -> tuple:
    values, vectors = np.linalg.eigh(np.cov(images.reshape(3, -1)))
    return values[::-1], vectors[:, ::-1]
