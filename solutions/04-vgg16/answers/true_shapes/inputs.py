"""Sizes, claims and shapes for the three functions of this answer."""


def outcome(name, *arguments):
    return {"shapes": true_shapes, "sizes": sizes_that_fit, "dense": dense_straight_on}[name](*arguments)


def inputs(rng):
    while True:
        poolings = rng.permutation(7)[:rng.integers(1, 4)].tolist()
        size = int(rng.integers(1, 600))
        claims = {number: size // 2**number + int(rng.random() < 0.1) for number in poolings}
        yield [
            (("shapes", int(rng.integers(1, 300)), rng.integers(1, 30, rng.integers(1, 6)).tolist()), {}),
            (("sizes", claims), {}),
            (("dense", tuple(rng.integers(1, 30, rng.integers(1, 5)).tolist()), int(rng.integers(1, 50))), {}),
        ][rng.integers(3)]
