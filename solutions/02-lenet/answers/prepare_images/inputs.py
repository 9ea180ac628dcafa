"""Small batches of grey images for prepare_images."""


def inputs(rng):
    while True:
        yield (rng.integers(0, 256, rng.integers(1, 7, 3), "uint8"),), {}
