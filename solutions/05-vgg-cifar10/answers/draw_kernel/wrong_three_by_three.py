# Takes every kernel for one of 3×3.
# Loses: test_draw_kernel
# Told: every kernel is taken to be 3×3
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    if scheme == "he":
        v = 2 / (9 * shape[-2])
    elif scheme == "glorot":
        v = 2 / (9 * (shape[-2] + shape[-1]))
    else:
        raise ValueError(scheme)
    return np.random.default_rng(seed).normal(0, v**0.5, shape).astype("float32")
