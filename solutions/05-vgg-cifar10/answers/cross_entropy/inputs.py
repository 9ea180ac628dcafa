"""Targets in both forms and logits of any size, for cross_entropy."""


def inputs(rng):
    while True:
        number, classes = rng.integers(1, 9), rng.integers(2, 7)
        logits = rng.normal(0, rng.choice([1, 30, 1000]), (number, classes)).astype(rng.choice(["float32", "float64"]))
        targets = rng.integers(0, classes, number) if rng.random() < 0.5 else rng.dirichlet([1.0] * classes, number)
        yield (targets, logits), {}
