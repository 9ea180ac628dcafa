"""Feature maps for padding_shortcut, in a graph that knows the number of channels alone."""

import tensorflow


def outcome(maps, filters, stride):
    graph = tensorflow.function(
        lambda some: padding_shortcut(some, filters, stride),
        input_signature=[tensorflow.TensorSpec((None, None, None, maps.shape[-1]), maps.dtype)])
    return graph(maps)


def inputs(rng):
    while True:
        maps = rng.normal(size=rng.integers(1, 7, 4)).astype("float32")
        yield (maps, maps.shape[-1] + int(rng.integers(0, 5)), int(rng.integers(1, 4))), {}
