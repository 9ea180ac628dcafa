"""Sizes, kernels, paddings, strides and dilations for output_shape, single and in pairs; one in ten does not fit."""


def inputs(rng):
    def one_or_two(low, high):
        numbers = tuple(int(number) for number in rng.integers(low, high, 2))
        return numbers if rng.random() < 0.7 else numbers[0]

    while True:
        sizes = (1, 12) if rng.random() < 0.1 else (9, 40)
        arguments = [one_or_two(*sizes), one_or_two(1, 6)]
        yield (*arguments, *[one_or_two(0, 4), one_or_two(1, 5), one_or_two(1, 3)][:rng.integers(0, 4)]), {}
