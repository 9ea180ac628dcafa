# TensorFlow's stateless normal numbers, early return of the error.
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    known = {"he", "glorot"}
    if not {scheme} <= known:
        raise ValueError(f"{scheme!r} not in {sorted(known)}")
    receptive = np.prod(shape) // (shape[-2] * shape[-1])
    fans = receptive * shape[-2] + (receptive * shape[-1] if scheme == "glorot" else 0)
    return tf.random.stateless_normal(shape, seed=(seed, 0), stddev=float((2 / fans) ** 0.5)).numpy()
