# He without the 2 that makes up for ReLU.
# Loses: test_draw_kernel
# Told: which is right without ReLU
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    area = math.prod(shape[:-2])
    if scheme == "he":
        v = 1 / (area * shape[-2])
    elif scheme == "glorot":
        v = 2 / (area * (shape[-2] + shape[-1]))
    else:
        raise ValueError(scheme)
    return np.random.default_rng(seed).normal(0, v**0.5, shape).astype("float32")
