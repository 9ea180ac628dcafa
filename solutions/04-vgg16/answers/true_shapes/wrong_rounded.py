# wrong: rounds to the nearest even number: 3 // 2 becomes 2 ("what is left over is dropped"); right for 20, 10, 5
# Loses: test_true_shapes
# Told: pooling without padding drops it, so 7 becomes 3
def true_shapes(size: int, filters: list) -> list:
    shapes = []
    for count in filters:
        size = round(size / 2)
        shapes.append((size, size, count))
    return shapes + [(size * size * filters[-1],)]


def sizes_that_fit(claims: dict) -> list:
    return [size for size in range(1, 501) if all(size // 2**poolings == pixels for poolings, pixels in claims.items())]


def dense_straight_on(shape: tuple, units: int) -> tuple:
    return (*shape[:-1], units), (shape[-1] + 1) * units
