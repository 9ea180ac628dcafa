# right: sets of sizes, halving in a helper
def halved(size, times):
    for _ in range(times):
        size = size // 2
    return size


def true_shapes(size: int, filters: list) -> list:
    expected = []
    for i in range(len(filters)):
        side = halved(size, i + 1)
        expected.append((side, side, filters[i]))
    side, _, channels = expected[-1]
    expected.append((side**2 * channels,))
    return expected


def sizes_that_fit(claims: dict) -> list:
    fitting = set(range(1, 501))
    for k, v in claims.items():
        fitting &= {size for size in fitting if halved(size, k) == v}
    return sorted(fitting)


def dense_straight_on(shape: tuple, units: int) -> tuple:
    output = list(shape)
    output[-1] = units
    return tuple(output), shape[-1] * units + units
