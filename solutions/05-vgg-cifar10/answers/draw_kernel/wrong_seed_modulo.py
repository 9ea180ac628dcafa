# Seeds that differ by 10 give the same kernel.
# Loses: test_draw_kernel
# Told: should be different
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    area = math.prod(shape[:-2])
    fan_in, fan_out = area * shape[-2], area * shape[-1]
    if scheme not in ("he", "glorot"):
        raise ValueError(scheme)
    variance = 2 / fan_in if scheme == "he" else 2 / (fan_in + fan_out)
    return np.random.default_rng(seed % 10).normal(0, variance**0.5, shape).astype("float32")
