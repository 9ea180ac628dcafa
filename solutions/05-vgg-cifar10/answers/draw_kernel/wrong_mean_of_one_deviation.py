# All numbers positive: the mean is not 0.
# Loses: test_draw_kernel
# Told: should be near 0
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    area = math.prod(shape[:-2])
    fans = {"he": area * shape[-2], "glorot": area * (shape[-2] + shape[-1])}
    if scheme not in fans:
        raise ValueError(scheme)
    deviation = (2 / fans[scheme]) ** 0.5
    return np.random.default_rng(seed).normal(deviation, deviation, shape).astype("float32")
