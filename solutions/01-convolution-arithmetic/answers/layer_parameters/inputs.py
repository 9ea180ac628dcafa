"""Layers for layer_parameters: square kernels, kernels in pairs, and kernels by default."""


def inputs(rng):
    while True:
        shape = tuple(int(number) for number in rng.integers(1, 30, 4))
        kernel = tuple(int(number) for number in rng.integers(1, 8, 2))
        yield (*shape, *[(kernel,), (kernel[0],), ()][rng.integers(3)]), {}
