# wrong: the flattened length uses the largest number of filters (the last one); right for growing numbers
# Loses: test_true_shapes
# Told: true_shapes(20, [6, 8, 7]), item 3: expected (28,)
def true_shapes(size: int, filters: list) -> list:
    shapes = []
    for count in filters:
        size //= 2
        shapes.append((size, size, count))
    return shapes + [(size * size * max(filters),)]


def sizes_that_fit(claims: dict) -> list:
    return [size for size in range(1, 501) if all(size // 2**poolings == pixels for poolings, pixels in claims.items())]


def dense_straight_on(shape: tuple, units: int) -> tuple:
    return (*shape[:-1], units), (shape[-1] + 1) * units
