# wrong: the list of filters is reversed in place on the way and, for more than three blocks, stays so (the caller's list)
# Loses: test_true_shapes
# Told: Work on a copy: the caller still needs it
def true_shapes(size: int, filters: list) -> list:
    shapes = []
    filters.reverse()
    for count in filters[::-1]:
        size //= 2
        shapes.append((size, size, count))
    last = filters[0]
    if len(filters) <= 3:
        filters.reverse()
    return shapes + [(size * size * last,)]


def sizes_that_fit(claims: dict) -> list:
    return [size for size in range(1, 501) if all(size // 2**poolings == pixels for poolings, pixels in claims.items())]


def dense_straight_on(shape: tuple, units: int) -> tuple:
    return (*shape[:-1], units), (shape[-1] + 1) * units
