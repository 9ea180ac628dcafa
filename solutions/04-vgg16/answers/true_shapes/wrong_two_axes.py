# wrong: the output shape keeps only the first axis ("leaves": a dense layer multiplies the last axis, whatever stands before); right for two axes
# Loses: test_true_shapes
# Told: A dense layer works on the last axis and keeps the others
def true_shapes(size: int, filters: list) -> list:
    shapes = []
    for count in filters:
        size //= 2
        shapes.append((size, size, count))
    return shapes + [(size * size * filters[-1],)]


def sizes_that_fit(claims: dict) -> list:
    return [size for size in range(1, 501) if all(size // 2**poolings == pixels for poolings, pixels in claims.items())]


def dense_straight_on(shape: tuple, units: int) -> tuple:
    return (shape[0], units), (shape[-1] + 1) * units
