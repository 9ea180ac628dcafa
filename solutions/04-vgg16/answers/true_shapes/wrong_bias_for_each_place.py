# Counts a bias for each place.
# Loses: test_true_shapes
# Told: each unit has one bias
def true_shapes(size: int, filters: list) -> list:
    shapes = []
    for channels in filters:
        size = size // 2
        shapes.append((size, size, channels))
    return [*shapes, (size * size * filters[-1],)]


def sizes_that_fit(claims: dict) -> list:
    return [size for size in range(1, 501) if all(size // 2**poolings == side for poolings, side in claims.items())]


def dense_straight_on(shape: tuple, units: int) -> tuple:
    return (*shape[:-1], units), shape[-1] * units + math.prod(shape[:-1]) * units
