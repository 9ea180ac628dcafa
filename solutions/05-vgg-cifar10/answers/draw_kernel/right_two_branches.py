# Dense layers and convolutions in two branches.
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    if len(shape) == 2:
        fan_in, fan_out = shape
    else:
        height, width, c_in, c_out = shape
        fan_in, fan_out = height * width * c_in, height * width * c_out
    if scheme == "he":
        v = 2 / fan_in
    elif scheme == "glorot":
        v = 2 / (fan_in + fan_out)
    else:
        raise ValueError("no such scheme")
    return np.random.default_rng(seed).standard_normal(shape, dtype=np.float32) * np.float32(v**0.5)
