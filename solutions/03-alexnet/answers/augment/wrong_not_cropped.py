# Returns the image with its whole frame.
# Loses: test_augment
# Told: no piece is cut out
def augment(
    images: np.ndarray, labels: np.ndarray, padding: int, components: tuple, sigma: float, rng: np.random.Generator
) -> tuple:
    variances, directions = components
    height, width = images.shape[1:3]
    new = np.empty((len(images), height + 2 * padding, width + 2 * padding, 3), images.dtype)
    for place, image in enumerate(images):
        alpha = rng.normal(0, sigma, 3)
        shifted = np.clip(image + directions @ (alpha * variances), 0, 1)
        framed = np.pad(shifted, ((padding, padding), (padding, padding), (0, 0)), mode="reflect")
        top, left = rng.integers(0, 2 * padding + 1, 2)
        piece = framed
        new[place] = piece[:, ::-1] if rng.random() < 0.5 else piece
    return new, labels
