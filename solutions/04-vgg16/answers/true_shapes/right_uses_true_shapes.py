# Finds the sizes with the first function.
def true_shapes(size: int, filters: list) -> list:
    result = []
    side = size
    for f in filters:
        side = int(side / 2)
        result.append((side, side, f))
    result.append((side**2 * f,))
    return result


def sizes_that_fit(claims: dict) -> list:
    def fits(size):
        shapes = true_shapes(size, [1] * max(claims))
        return all(shapes[pooling - 1][0] == side for pooling, side in claims.items())

    return list(filter(fits, range(1, 501)))


def dense_straight_on(shape: tuple, units: int) -> tuple:
    weights = np.zeros((shape[-1], units)).size
    return shape[:-1] + (units,), weights + units
