# right: NumPy masks, whole numbers turned into Python's
def true_shapes(size: int, filters: list) -> list:
    sides = (size // 2 ** np.arange(1, len(filters) + 1)).tolist()
    layers = [(side, side, n) for side, n in zip(sides, filters)]
    return [*layers, (int(np.prod(layers[-1])),)]


def sizes_that_fit(claims: dict) -> list:
    sizes = np.arange(1, 501)
    good = np.ones(500, bool)
    for poolings, pixels in claims.items():
        good &= sizes // 2**poolings == pixels
    return sizes[good].tolist()


def dense_straight_on(shape: tuple, units: int) -> tuple:
    shape = tuple(shape)
    kernel, bias = shape[-1] * units, units
    return shape[:-1] + (units,), kernel + bias
