# Everything that is not "he" is Glorot, a typing error too.
# Loses: test_draw_kernel
# Told: typing error
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    area = math.prod(shape[:-2])
    n = area * shape[-2] if scheme == "he" else area * (shape[-2] + shape[-1])
    return np.random.default_rng(seed).normal(0, (2 / n) ** 0.5, shape).astype("float32")
