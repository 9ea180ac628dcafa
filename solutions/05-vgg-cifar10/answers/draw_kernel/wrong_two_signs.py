# Plus or minus one standard deviation: the right spread, but no normal distribution.
# Loses: test_draw_kernel
# Told: bell shape
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    area = math.prod(shape[:-2])
    fans = {"he": area * shape[-2], "glorot": area * (shape[-2] + shape[-1])}
    if scheme not in fans:
        raise ValueError(scheme)
    signs = np.random.default_rng(seed).choice([-1, 1], shape)
    return (signs * (2 / fans[scheme]) ** 0.5).astype("float32")
