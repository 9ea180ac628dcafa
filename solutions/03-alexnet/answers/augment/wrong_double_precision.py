# Returns the images in float64.
# Loses: test_augment
# Told: has dtype float64
def augment(
    images: np.ndarray, labels: np.ndarray, padding: int, components: tuple, sigma: float, rng: np.random.Generator
) -> tuple:
    variances, directions = components
    height, width = images.shape[1:3]
    new = []
    for image in images:
        framed = np.pad(image, ((padding, padding), (padding, padding), (0, 0)), mode="reflect")
        top, left = rng.integers(0, 2 * padding + 1, 2)
        piece = framed[top : top + height, left : left + width]
        new.append(np.clip(piece[:, ::-1] + directions @ (rng.normal(0, sigma, 3) * variances), 0, 1))
    return np.array(new, dtype="float64"), labels
