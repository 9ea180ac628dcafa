# No frame is built; indices are reflected by arithmetic (also frames wider than the photograph).
def reflected(places, size):
    if size == 1:
        return np.zeros_like(places)
    places = np.mod(places, 2 * size - 2)
    return np.minimum(places, 2 * size - 2 - places)


def augment(
    images: np.ndarray, labels: np.ndarray, padding: int, components: tuple, sigma: float, rng: np.random.Generator
) -> tuple:
    assert padding >= 0
    count, height, width, _ = images.shape
    variances, directions = (np.asarray(part, "float64") for part in components)
    new = np.zeros_like(images)
    for k in range(count):
        y, x = rng.integers(-padding, padding + 1, 2)
        rows, columns = reflected(np.arange(height) + y, height), reflected(np.arange(width) + x, width)
        if rng.integers(2):
            columns = columns[::-1]
        new[k] = np.clip(images[k][np.ix_(rows, columns)] + directions @ (variances * rng.normal(0, sigma, 3)), 0, 1)
    return new, labels
