# For a dense layer the units are taken for the inputs.
# Loses: test_draw_kernel
# Told: fan-out is used in place of fan-in
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    if len(shape) == 2:
        fan_out, fan_in = shape
    else:
        area = shape[0] * shape[1]
        fan_in, fan_out = area * shape[2], area * shape[3]
    if scheme not in ("he", "glorot"):
        raise ValueError(scheme)
    variance = 2 / fan_in if scheme == "he" else 2 / (fan_in + fan_out)
    return np.random.default_rng(seed).normal(0, variance**0.5, shape).astype("float32")
