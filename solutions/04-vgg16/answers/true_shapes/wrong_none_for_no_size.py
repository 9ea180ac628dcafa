# Returns None where no size fits.
# Loses: test_true_shapes
# Told: None
def true_shapes(size: int, filters: list) -> list:
    shapes = []
    for channels in filters:
        size = size // 2
        shapes.append((size, size, channels))
    return [*shapes, (size * size * filters[-1],)]


def sizes_that_fit(claims: dict) -> list:
    sizes = [size for size in range(1, 501) if all(size // 2**poolings == side for poolings, side in claims.items())]
    return sizes or None


def dense_straight_on(shape: tuple, units: int) -> tuple:
    return (*shape[:-1], units), shape[-1] * units + units
