# TensorFlow's stateless random numbers, with the sizes divided instead of multiplied.
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    if scheme not in ("he", "glorot"):
        raise ValueError(scheme)
    size = 1
    for length in shape:
        size *= length
    fan_in, fan_out = size // shape[-1], size // shape[-2]
    mean_fan = fan_in if scheme == "he" else (fan_in + fan_out)
    return tf.random.stateless_normal(shape, seed=[seed, 0], stddev=(2 / mean_fan) ** 0.5)
