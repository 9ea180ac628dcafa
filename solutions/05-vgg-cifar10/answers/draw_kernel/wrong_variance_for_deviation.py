# Hands the variance to a function that expects the standard deviation.
# Loses: test_draw_kernel
# Told: the variance is used as the standard deviation
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    area = math.prod(shape[:-2])
    fans = {"he": area * shape[-2], "glorot": area * (shape[-2] + shape[-1])}
    if scheme not in fans:
        raise ValueError(scheme)
    return np.random.default_rng(seed).normal(0, 2 / fans[scheme], shape).astype("float32")
