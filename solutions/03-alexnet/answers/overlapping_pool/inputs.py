"""Maps, windows and strides for overlapping_pool; whole numbers, so that pixels are often equal."""


def inputs(rng):
    while True:
        window, stride = rng.integers(1, 5, 2).tolist()
        height, width = rng.integers(window, window + 6, 2)
        maps = rng.integers(-4, 5, (rng.integers(1, 4), height, width, rng.integers(1, 4)))
        yield (maps.astype("float32"), window, stride), {}
