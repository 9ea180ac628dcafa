# Standard normal numbers times the standard deviation; the area from whatever comes before the channels.
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    deviations = {
        "he": lambda fan_in, fan_out: np.sqrt(2.0 / fan_in),
        "glorot": lambda fan_in, fan_out: np.sqrt(2.0 / (fan_in + fan_out)),
    }
    if scheme not in deviations:
        raise ValueError(f"unknown scheme {scheme}")
    *window, before, after = shape
    area = math.prod(window)
    noise = np.random.RandomState(seed).randn(*shape)
    return (noise * deviations[scheme](area * before, area * after)).astype(np.float32)
