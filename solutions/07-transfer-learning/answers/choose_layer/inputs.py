"""Features of some layers for choose_layer, with made-up accuracies, often equal; each call counts."""


def outcome(training, labels, validation, validation_labels):
    calls = []

    def measure(*arguments):
        calls.append(tuple(float(values.sum()) for values in arguments))
        return int(arguments[0].sum() * 7 + arguments[2].sum() * 3) % 5 / 5

    return choose_layer(training, labels, validation, validation_labels, measure), calls


def inputs(rng):
    while True:
        names = [f"block{place}" for place in rng.permutation(6)[:rng.integers(1, 6)]]
        training = {name: rng.integers(0, 20, (4, 2)) for name in names}
        validation = {name: rng.integers(0, 20, (3, 2)) for name in rng.permutation(names).tolist()}
        yield (training, rng.integers(0, 9, 4), validation, rng.integers(0, 9, 3)), {}
