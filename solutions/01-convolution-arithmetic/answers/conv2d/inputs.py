"""Small images, bytes or floats, with kernels, strides and paddings for conv2d; some by their defaults."""


def inputs(rng):
    while True:
        height, width, channels = rng.integers(1, 9, 3)
        weights = rng.normal(size=(rng.integers(1, 5), rng.integers(1, 5), channels, rng.integers(1, 4)))
        image = rng.integers(0, 256, (height + 4, width + 4, channels), "uint8")
        numbers = image if rng.random() < 0.5 else rng.normal(size=image.shape).astype("float32")
        options = {"stride": tuple(rng.integers(1, 4, 2).tolist()), "padding": tuple(rng.integers(0, 3, 2).tolist())}
        if rng.random() < 0.3:
            options = {name: pair[0] for name, pair in options.items() if rng.random() < 0.7}
        yield (numbers, weights), options
