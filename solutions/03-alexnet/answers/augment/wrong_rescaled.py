# The brightest and the darkest pixel are stretched to fit instead of clipped ("clipped to 0 to 1").
# Loses: test_augment
# Told: shifted by the same colour in the whole photograph
def augment(
    images: np.ndarray, labels: np.ndarray, padding: int, components: tuple, sigma: float, rng: np.random.Generator
) -> tuple:
    variances, directions = components
    n, height, width, _ = images.shape
    result = np.empty_like(images)
    for number, image in enumerate(images):
        shift = directions @ (rng.normal(0, sigma, 3) * variances)
        frame = np.pad(image + shift, ((padding, padding), (padding, padding), (0, 0)), mode="reflect")
        top, left = rng.integers(0, 2 * padding + 1, 2)
        piece = frame[top : top + height, left : left + width]
        if rng.random() < 0.5:
            piece = piece[:, ::-1]
        result[number] = (piece - min(0, piece.min())) / (max(1, piece.max()) - min(0, piece.min()))
    return result, labels
