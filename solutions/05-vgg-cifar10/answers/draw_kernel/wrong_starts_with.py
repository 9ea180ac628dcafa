# "He", "hello" and "glorot_uniform" pass.
# Loses: test_draw_kernel
# Told: spelt exactly like this
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    area = math.prod(shape[:-2])
    fan_in, fan_out = area * shape[-2], area * shape[-1]
    if scheme.lower().startswith("he"):
        variance = 2 / fan_in
    elif scheme.lower().startswith("glorot"):
        variance = 2 / (fan_in + fan_out)
    else:
        raise ValueError(scheme)
    return np.random.default_rng(seed).normal(0, variance**0.5, shape).astype("float32")
