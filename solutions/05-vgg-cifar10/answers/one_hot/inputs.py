"""Labels for one_hot, in a row or in a column, of several integer dtypes; one set in ten has a wrong one."""


def inputs(rng):
    while True:
        classes, number = int(rng.integers(1, 8)), rng.integers(0, 12)
        labels = rng.integers(0, classes, number)
        if number and rng.random() < 0.1:
            labels[rng.integers(number)] = rng.choice([-1, classes, classes + 1])
        kind = rng.choice(["int8", "int32", "int64"])
        yield (labels.astype(kind).reshape([-1, *[1] * rng.integers(2)]), classes), {}
