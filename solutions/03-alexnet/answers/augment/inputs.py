"""Photographs, frames and colour components for augment, each from a random generator of its own."""

import numpy


def outcome(images, labels, padding, components, sigma, seed):
    rng = numpy.random.default_rng(seed)
    return augment(images, labels, padding, components, sigma, rng), rng.random()


def inputs(rng):
    while True:
        images = rng.random((rng.integers(1, 5), *rng.integers(5, 9, 2), 3)).astype("float32")
        directions = numpy.linalg.qr(rng.normal(size=(3, 3)))[0]
        components = numpy.sort(rng.uniform(0.01, 0.3, 3))[::-1].copy(), directions
        sigma = 0 if rng.random() < 0.3 else float(rng.uniform(0, 1))
        yield (images, rng.integers(0, 10, len(images)), int(rng.integers(0, 4)), components, sigma,
               int(rng.integers(1000))), {}
