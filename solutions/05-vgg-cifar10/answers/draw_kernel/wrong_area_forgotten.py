# Fan-in without the area of the kernel.
# Loses: test_draw_kernel
# Told: the area of the kernel is left out
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    if scheme not in ("he", "glorot"):
        raise ValueError(scheme)
    n = shape[-2] if scheme == "he" else shape[-2] + shape[-1]
    return np.random.default_rng(seed).normal(0, (2 / n) ** 0.5, shape).astype("float32")
