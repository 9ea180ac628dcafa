"""Images and kernels for grouped_convolution; stride and padding by default now and then."""


def inputs(rng):
    while True:
        groups, seen, kernels = rng.integers(1, 4, 3).tolist()
        tall, wide = rng.integers(1, 4, 2)
        images = rng.normal(size=(rng.integers(1, 4), *rng.integers(4, 8, 2), groups * seen)).astype("float32")
        kernel = rng.normal(size=(tall, wide, seen, groups * kernels)).astype("float32")
        options = {"stride": int(rng.integers(1, 4)), "padding": str(rng.choice(["SAME", "VALID"]))}
        yield (images, kernel, groups), {name: value for name, value in options.items() if rng.random() < 0.7}
