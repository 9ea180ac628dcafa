"""Methods, counts and seeds for learning_curves, with made-up accuracies; what is measured, and how often, counts."""

import zlib


def outcome(methods, counts, seeds):
    calls = []

    def measure(method, count, seed):
        calls.append((method, count, seed))
        return zlib.crc32(repr(calls[-1]).encode()) % 1000 / 1000

    return learning_curves(measure, methods, counts, seeds), sorted(calls)


def inputs(rng):
    names = ["features", "fine-tuning", "from scratch"]
    while True:
        methods = [names[place] for place in rng.permutation(3)[:rng.integers(1, 4)]]
        counts = sorted(rng.permutation(300)[:rng.integers(1, 5)].tolist())
        yield (methods, counts, rng.permutation(20)[:rng.integers(2, 6)].tolist()), {}
