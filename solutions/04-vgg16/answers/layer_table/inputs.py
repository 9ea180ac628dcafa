"""Blocks, dense layers and image shapes for layer_table."""


def inputs(rng):
    while True:
        blocks = [(int(rng.integers(1, 20)), tuple(rng.integers(1, 6, rng.integers(1, 4)).tolist()))
                  for _ in range(rng.integers(1, 5))]
        dense = tuple(rng.integers(1, 50, rng.integers(1, 4)).tolist())
        yield (blocks, dense, (*rng.integers(16, 70, 2).tolist(), int(rng.integers(1, 5)))), {}
