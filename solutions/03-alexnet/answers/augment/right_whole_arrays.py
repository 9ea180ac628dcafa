# Whole arrays; indices of rows and columns for every photograph.
def augment(
    images: np.ndarray, labels: np.ndarray, padding: int, components: tuple, sigma: float, rng: np.random.Generator
) -> tuple:
    n, height, width, _ = images.shape
    framed = np.pad(images, [(0, 0), (padding, padding), (padding, padding), (0, 0)], "reflect")
    rows = rng.integers(2 * padding, size=n, endpoint=True)[:, None] + np.arange(height)
    columns = rng.integers(2 * padding, size=n, endpoint=True)[:, None] + np.arange(width)
    flip = rng.random(n) < 0.5
    columns = np.where(flip[:, None], columns[:, ::-1], columns)
    pieces = framed[np.arange(n)[:, None, None], rows[:, :, None], columns[:, None, :]]
    alphas = rng.normal(scale=sigma, size=(n, 3))
    expected = (alphas * np.asarray(components[0])) @ np.asarray(components[1]).T
    return (pieces + expected[:, None, None]).clip(0, 1).astype(np.float32), labels.copy()
