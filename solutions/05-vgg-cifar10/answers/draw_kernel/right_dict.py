# A table of functions; RandomState.
VARIANCES = {"he": lambda i, o: 2.0 / i, "glorot": lambda i, o: 2.0 / (i + o)}

def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    if scheme not in VARIANCES:
        raise ValueError("scheme: " + " or ".join(VARIANCES))
    area = int(np.prod(shape[:-2]))  # 1 for a dense layer
    deviation = VARIANCES[scheme](area * shape[-2], area * shape[-1]) ** 0.5
    return (np.random.RandomState(seed).randn(*shape) * deviation).astype(np.float32)
