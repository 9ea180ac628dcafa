# Draws half of the channels and repeats them with the opposite sign.
# Loses: test_draw_kernel
# Told: drawn by itself
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    area = math.prod(shape[:-2])
    fans = {"he": area * shape[-2], "glorot": area * (shape[-2] + shape[-1])}
    if scheme not in fans:
        raise ValueError(scheme)
    half = np.random.default_rng(seed).normal(0, (2 / fans[scheme]) ** 0.5, (*shape[:-1], shape[-1] // 2))
    return np.concatenate([half, -half], axis=-1).astype("float32")
