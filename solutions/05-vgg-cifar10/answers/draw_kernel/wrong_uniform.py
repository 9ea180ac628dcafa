# A uniform distribution of the right variance, as Keras's he_uniform.
# Loses: test_draw_kernel
# Told: bell shape
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    area = math.prod(shape[:-2])
    fans = {"he": area * shape[-2], "glorot": area * (shape[-2] + shape[-1])}
    if scheme not in fans:
        raise ValueError(scheme)
    limit = (6 / fans[scheme]) ** 0.5
    return np.random.default_rng(seed).uniform(-limit, limit, shape).astype("float32")
