# The seed 0 for every kernel.
# Loses: test_draw_kernel
# Told: should be different, but are the same
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    area = math.prod(shape[:-2])
    fans = {"he": area * shape[-2], "glorot": area * (shape[-2] + shape[-1])}
    if scheme not in fans:
        raise ValueError(scheme)
    return np.random.default_rng(0).normal(0, (2 / fans[scheme]) ** 0.5, shape).astype("float32")
