# Expects four sizes: the kernel of a dense layer has two.
# Loses: test_draw_kernel
# Told: expected 4, got 2
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    height, width, before, after = shape
    fans = {"he": height * width * before, "glorot": height * width * (before + after)}
    if scheme not in fans:
        raise ValueError(scheme)
    return np.random.default_rng(seed).normal(0, (2 / fans[scheme]) ** 0.5, shape).astype("float32")
