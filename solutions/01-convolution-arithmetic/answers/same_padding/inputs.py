"""Sizes, kernels and strides for same_padding; a third without the stride."""


def inputs(rng):
    while True:
        numbers = [int(rng.integers(1, 40)), int(rng.integers(1, 9)), int(rng.integers(1, 7))]
        yield tuple(numbers[:2 if rng.random() < 0.3 else 3]), {}
