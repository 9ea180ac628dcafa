"""Values and rates for dropout, with NumPy's own generator at a known place."""

import numpy


def outcome(values, rate, training, seed):
    numpy.random.seed(seed)
    return numpy.asarray(dropout(values, rate, training))


def inputs(rng):
    while True:
        values = rng.normal(size=rng.integers(1, 7, rng.integers(1, 5))).astype("float32")
        rate = 0 if rng.random() < 0.2 else float(rng.uniform(0, 0.95))
        yield (values, rate, bool(rng.random() < 0.8), int(rng.integers(1000))), {}
