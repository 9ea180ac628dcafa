"""Small photographs with colours that go together, for colour_components."""


def inputs(rng):
    while True:
        pixels = rng.random((*rng.integers(2, 7, 3), 3)) @ rng.normal(size=(3, 3)) * rng.uniform(0.1, 2, 3)
        yield (pixels.astype("float32"),), {}
