# Flips first, then crops by reflected indices, colours last.
def augment(
    images: np.ndarray, labels: np.ndarray, padding: int, components: tuple, sigma: float, rng: np.random.Generator
) -> tuple:
    count, height, width, _ = images.shape
    flip = rng.integers(0, 2, count).astype(bool)
    result = np.where(flip[:, None, None, None], images[:, :, ::-1], images)
    rows = np.pad(np.arange(height), padding, mode="reflect")
    columns = np.pad(np.arange(width), padding, mode="reflect")
    down, right = rng.integers(2 * padding + 1, size=(2, count))
    result = np.stack([
        image[rows[y : y + height]][:, columns[x : x + width]] for image, y, x in zip(result, down, right)
    ])
    colour = np.einsum("ni,i,ci->nc", rng.standard_normal((count, 3)) * sigma, components[0], components[1])
    return np.clip(result + colour[:, None, None, :], 0, 1).astype(np.float32), labels.copy()
