# One coin for all photographs ("each photograph is flipped with probability one half"; "numbers of its own").
# Loses: test_augment
# Told: each by a random number of its own
def augment(
    images: np.ndarray, labels: np.ndarray, padding: int, components: tuple, sigma: float, rng: np.random.Generator
) -> tuple:
    variances, directions = components
    n, height, width, _ = images.shape
    result = np.empty_like(images)
    coin = rng.random() < 0.5
    for number, image in enumerate(images):
        shift = directions @ (rng.normal(0, sigma, 3) * variances)
        frame = np.pad(image + shift, ((padding, padding), (padding, padding), (0, 0)), mode="reflect")
        top, left = rng.integers(0, 2 * padding + 1, 2)
        piece = frame[top : top + height, left : left + width]
        if coin:
            piece = piece[:, ::-1]
        result[number] = np.clip(piece, 0, 1)
    return result, labels
