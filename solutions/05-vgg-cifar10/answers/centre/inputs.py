"""Two small sets of photographs for centre."""


def inputs(rng):
    while True:
        height, width, number, others = rng.integers(1, 7, 4)
        yield (rng.integers(0, 256, (number, height, width, 3), "uint8"),
               rng.integers(0, 256, (others, height, width, 3), "uint8")), {}
