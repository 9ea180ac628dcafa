# Three helper functions, standard_normal times sigma, rng.choice for the flip.
def shifted(image, components, sigma, rng):
    variances, directions = components
    total = np.zeros(3)
    for i in range(3):
        total += rng.standard_normal() * sigma * variances[i] * directions[:, i]
    return image + total


def cropped(image, padding, rng):
    height, width = image.shape[:2]
    framed = np.pad(image, ((padding,) * 2, (padding,) * 2, (0, 0)), mode="reflect", reflect_type="even")
    y, x = (int(rng.integers(0, 2 * padding, endpoint=True)) for _ in "yx")
    return framed[y:, x:][:height, :width]


def flipped(image, rng):
    return np.fliplr(image) if rng.choice([True, False]) else image


def augment(
    images: np.ndarray, labels: np.ndarray, padding: int, components: tuple, sigma: float, rng: np.random.Generator
) -> tuple:
    new = [flipped(cropped(shifted(image, components, sigma, rng), padding, rng), rng) for image in images]
    return np.clip(np.stack(new), 0, 1).astype("float32"), np.array(labels)
