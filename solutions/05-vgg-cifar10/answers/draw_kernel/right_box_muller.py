# Box and Muller's method by hand from uniform numbers.
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    if scheme not in ("he", "glorot"):
        raise ValueError("he or glorot")
    if len(shape) == 4:
        h, w, c_in, c_out = shape
        fan_in, fan_out = h * w * c_in, h * w * c_out
    else:
        fan_in, fan_out = shape
    variance = 2 / fan_in if scheme == "he" else 2 / (fan_in + fan_out)
    uniform = np.random.default_rng([seed, 12345]).random((2, int(np.prod(shape))))
    normal = np.sqrt(-2 * np.log(1 - uniform[0])) * np.cos(2 * np.pi * uniform[1])
    return (normal.reshape(shape) * np.sqrt(variance)).astype("float32")
