# NumPy's default_rng.
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    *inside, outputs = shape
    fan_in = math.prod(inside)
    fan_out = math.prod(shape[:-2]) * outputs
    if scheme == "he":
        variance = 2 / fan_in
    elif scheme == "glorot":
        variance = 2 / (fan_in + fan_out)
    else:
        raise ValueError(f"unknown scheme {scheme!r}")
    return np.random.default_rng(seed).normal(0, math.sqrt(variance), shape).astype("float32")
