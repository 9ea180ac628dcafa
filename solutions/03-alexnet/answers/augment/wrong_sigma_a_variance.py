# Sigma is taken for a variance ("standard deviation").
# Loses: test_augment
# Told: the square root of σ is used
def augment(
    images: np.ndarray, labels: np.ndarray, padding: int, components: tuple, sigma: float, rng: np.random.Generator
) -> tuple:
    variances, directions = components
    n, height, width, _ = images.shape
    result = np.empty_like(images)
    for number, image in enumerate(images):
        shift = directions @ (rng.normal(0, sigma**0.5, 3) * variances)
        frame = np.pad(image + shift, ((padding, padding), (padding, padding), (0, 0)), mode="reflect")
        top, left = rng.integers(0, 2 * padding + 1, 2)
        piece = frame[top : top + height, left : left + width]
        if rng.random() < 0.5:
            piece = piece[:, ::-1]
        result[number] = np.clip(piece, 0, 1)
    return result, labels
