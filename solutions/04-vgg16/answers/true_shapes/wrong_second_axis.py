# wrong: the parameters are counted from the second axis (the last axis); right for two axes
# Loses: test_true_shapes
# Told: There is one kernel for the last axis, the same at every position
def true_shapes(size: int, filters: list) -> list:
    shapes = []
    for count in filters:
        size //= 2
        shapes.append((size, size, count))
    return shapes + [(size * size * filters[-1],)]


def sizes_that_fit(claims: dict) -> list:
    return [size for size in range(1, 501) if all(size // 2**poolings == pixels for poolings, pixels in claims.items())]


def dense_straight_on(shape: tuple, units: int) -> tuple:
    return (*shape[:-1], units), (shape[1] + 1) * units
