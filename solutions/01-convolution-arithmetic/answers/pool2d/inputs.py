"""Small feature maps, bytes or floats, with windows and strides for pool2d; some by their defaults."""


def inputs(rng):
    while True:
        height, width, channels = rng.integers(1, 8, 3)
        maps = rng.integers(0, 256, (height + 4, width + 4, channels), "uint8")
        numbers = maps if rng.random() < 0.5 else rng.normal(size=maps.shape)
        options = {
            "size": tuple(rng.integers(1, 5, 2).tolist()), "stride": tuple(rng.integers(1, 5, 2).tolist()),
            "kind": str(rng.choice(["max", "average"])),
        }
        if rng.random() < 0.3:
            options = {name: value for name, value in options.items() if rng.random() < 0.7}
        yield (numbers,), options
