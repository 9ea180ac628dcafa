# The area is height times height; a kernel of 1×5 gets the wrong fan-in.
# Loses: test_draw_kernel
# Told: need not be square
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    area = shape[0] ** 2 if len(shape) == 4 else 1
    fan_in, fan_out = area * shape[-2], area * shape[-1]
    if scheme not in ("he", "glorot"):
        raise ValueError(scheme)
    variance = 2 / fan_in if scheme == "he" else 2 / (fan_in + fan_out)
    return np.random.default_rng(seed).normal(0, variance**0.5, shape).astype("float32")
