"""Stacks of up to six layers for stack_cost, with and without biases."""


def inputs(rng):
    while True:
        kernels = rng.integers(1, 8, rng.integers(7)).tolist()
        named = [{}, {"bias": True}, {"bias": False}][rng.integers(3)]
        yield (kernels, *rng.integers(1, 30, 3).tolist()), named
