"""Stacks of up to seven layers for receptive_field, the empty one among them."""


def inputs(rng):
    while True:
        layers = rng.integers((1, 1, 1), (8, 4, 4), (rng.integers(8), 3))
        yield ([tuple(layer) for layer in layers.tolist()],), {}
