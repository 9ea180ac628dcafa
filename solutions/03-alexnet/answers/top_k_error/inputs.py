"""Logits and labels for top_k_error, of several integer dtypes."""


def inputs(rng):
    while True:
        number, classes = rng.integers(1, 20), int(rng.integers(2, 9))
        labels = rng.integers(0, classes, number).astype(rng.choice(["uint8", "int32", "int64"]))
        yield (rng.normal(size=(number, classes)), labels, int(rng.integers(1, classes + 1))), {}
