# Only half of the channels out are drawn, the other half are copies.
# Loses: test_draw_kernel
# Told: drawn by itself
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    area = math.prod(shape[:-2])
    fan_in, fan_out = area * shape[-2], area * shape[-1]
    if scheme not in ("he", "glorot"):
        raise ValueError(scheme)
    variance = 2 / fan_in if scheme == "he" else 2 / (fan_in + fan_out)
    half = np.random.default_rng(seed).normal(0, variance**0.5, (*shape[:-1], (shape[-1] + 1) // 2))
    return np.concatenate([half, half], axis=-1)[..., : shape[-1]].astype("float32")
