"""Probabilities and labels for worst_mistakes; sometimes more mistakes are asked for than there are."""


def inputs(rng):
    while True:
        number, classes = rng.integers(1, 20), rng.integers(2, 6)
        probabilities = rng.dirichlet([1.0] * classes, number)
        yield (probabilities, rng.integers(0, classes, number), int(rng.integers(1, 12))), {}
