"""Labels and logits of any size, for logit_gradient."""


def inputs(rng):
    while True:
        number, classes = rng.integers(1, 9), rng.integers(2, 7)
        logits = rng.normal(0, rng.choice([1, 30, 1000]), (number, classes))
        yield (rng.integers(0, classes, number).astype(rng.choice(["uint8", "int64"])), logits), {}
