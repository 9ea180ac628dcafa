# wrong: only the last claim counts
# Loses: test_true_shapes
# Told: All claims have to be true at the same time, and where no size fits
def true_shapes(size: int, filters: list) -> list:
    shapes = []
    for count in filters:
        size //= 2
        shapes.append((size, size, count))
    return shapes + [(size * size * filters[-1],)]


def sizes_that_fit(claims: dict) -> list:
    return [size for size in range(1, 501) if all(size // 2**poolings == pixels for poolings, pixels in list(claims.items())[-1:])]


def dense_straight_on(shape: tuple, units: int) -> tuple:
    return (*shape[:-1], units), (shape[-1] + 1) * units
