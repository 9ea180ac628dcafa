"""Groups and classes for alexnet_kernels."""


def inputs(rng):
    while True:
        options = {"groups": int(2 ** rng.integers(0, 5)), "classes": int(rng.integers(1, 2000))}
        yield (), {name: value for name, value in options.items() if rng.random() < 0.8}
