"""Shapes of convolutions and dense layers, schemes and seeds for draw_kernel; one scheme in ten has no such name."""


def inputs(rng):
    while True:
        shape = tuple(rng.integers(1, 8, rng.choice([2, 4])).tolist())
        scheme = str(rng.choice(["he", "glorot", "lecun"], p=[0.45, 0.45, 0.1]))
        yield (shape, scheme, int(rng.integers(1000))), {}
