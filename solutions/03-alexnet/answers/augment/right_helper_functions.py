# Three helper functions, one for each kind of change; returns a list.
def shifted(image, components, sigma, rng):
    variances, directions = components
    colour = sum(rng.normal(0, 1) * sigma * variance * direction for variance, direction in zip(variances, directions.T))
    return np.clip(image + colour, 0, 1)


def cropped(image, padding, rng):
    framed = np.pad(image, [(padding, padding), (padding, padding), (0, 0)], mode="reflect")
    top = int(rng.integers(0, 2 * padding + 1))
    left = int(rng.integers(0, 2 * padding + 1))
    return framed[top:, left:][: image.shape[0], : image.shape[1]]


def flipped(image, rng):
    return np.fliplr(image) if rng.random() > 0.5 else image


def augment(
    images: np.ndarray, labels: np.ndarray, padding: int, components: tuple, sigma: float, rng: np.random.Generator
) -> tuple:
    colours = np.stack([shifted(image, components, sigma, rng) for image in images]).astype("float32")
    pieces = np.stack([cropped(image, padding, rng) for image in colours])
    return [np.stack([flipped(image, rng) for image in pieces]), labels]
