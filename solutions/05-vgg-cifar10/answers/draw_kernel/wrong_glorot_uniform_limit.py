# Glorot's uniform limit, root of 6 over the fans, as a standard deviation.
# Loses: test_draw_kernel
# Told: limit of the uniform distribution
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    area = math.prod(shape[:-2])
    fans = {"he": area * shape[-2], "glorot": area * (shape[-2] + shape[-1])}
    if scheme not in fans:
        raise ValueError(scheme)
    number = 2 if scheme == "he" else 6
    return np.random.default_rng(seed).normal(0, (number / fans[scheme]) ** 0.5, shape).astype("float32")
