# right: the claims are intervals, which are intersected
def true_shapes(size: int, filters: list) -> list:
    result = [(size >> i, size >> i, n) for i, n in enumerate(filters, 1)]
    result.append((math.prod(result[-1]),))
    return result


def sizes_that_fit(claims: dict) -> list:
    low, high = 1, 500
    for poolings, pixels in claims.items():
        step = 2**poolings
        low, high = max(low, pixels * step), min(high, (pixels + 1) * step - 1)
    return list(range(low, high + 1))


def dense_straight_on(shape: tuple, units: int) -> tuple:
    *rest, last = shape
    return tuple(rest) + (units,), last * units + units
