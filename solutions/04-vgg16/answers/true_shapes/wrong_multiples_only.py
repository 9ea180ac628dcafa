# Only the multiples: 32, not 33, 34 and 35.
# Loses: test_true_shapes
# Told: 21, 22 and 23 fit as well
def true_shapes(size: int, filters: list) -> list:
    shapes = []
    for channels in filters:
        size = size // 2
        shapes.append((size, size, channels))
    return [*shapes, (size * size * filters[-1],)]


def sizes_that_fit(claims: dict) -> list:
    return [size for size in range(1, 501) if all(size == side * 2**poolings for poolings, side in claims.items())]


def dense_straight_on(shape: tuple, units: int) -> tuple:
    return (*shape[:-1], units), shape[-1] * units + units
