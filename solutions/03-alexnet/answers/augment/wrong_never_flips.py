# The flip is forgotten.
# Loses: test_augment
# Told: each by a random number of its own
def augment(images, labels, padding, components, sigma, rng):
    variances, directions = components
    n, h, w, _ = images.shape
    framed = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)), mode="reflect")
    new = []
    for i in range(n):
        y, x = rng.integers(0, 2 * padding + 1, 2)
        piece = framed[i, y:y + h, x:x + w]
        new.append(piece + directions @ (rng.normal(0, sigma, 3) * variances))
    return np.clip(new, 0, 1).astype("float32"), labels
