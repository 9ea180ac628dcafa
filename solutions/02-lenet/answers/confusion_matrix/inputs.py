"""True and predicted classes for confusion_matrix, of several integer dtypes; an empty set now and then."""


def inputs(rng):
    while True:
        classes, number = int(rng.integers(1, 7)), rng.integers(30)
        kind = rng.choice(["uint8", "int32", "int64"])
        yield (*rng.integers(0, classes, (2, number)).astype(kind), classes), {}
