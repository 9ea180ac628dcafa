# Cuts the normal distribution off at two deviations and does not make up for it.
# Loses: test_draw_kernel
# Told: truncated at two standard deviations
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    area = math.prod(shape[:-2])
    fans = {"he": area * shape[-2], "glorot": area * (shape[-2] + shape[-1])}
    if scheme not in fans:
        raise ValueError(scheme)
    return tf.random.stateless_truncated_normal(shape, [seed, 0], stddev=(2 / fans[scheme]) ** 0.5).numpy()
