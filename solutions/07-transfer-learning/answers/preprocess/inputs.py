"""Small batches of colour photographs for preprocess."""


def inputs(rng):
    while True:
        yield (rng.integers(0, 256, (*rng.integers(1, 6, 3), 3), "uint8"),), {}
