# Intersects intervals instead of trying all sizes; returns an array.
def true_shapes(size: int, filters: list) -> list:
    return [(size >> n, size >> n, f) for n, f in enumerate(filters, 1)] + [((size >> len(filters)) ** 2 * filters[-1],)]


def sizes_that_fit(claims: dict) -> list:
    low = max([1] + [side * 2**n for n, side in claims.items()])
    high = min([500] + [(side + 1) * 2**n - 1 for n, side in claims.items()])
    return np.arange(low, high + 1)


def dense_straight_on(shape: tuple, units: int) -> tuple:
    return list(shape[:-1]) + [units], (shape[-1] + 1) * units
