# Sets of sizes for each claim, divmod, and NumPy integers in the shapes.
def halved(size, times):
    for _ in range(times):
        size, _left_over = divmod(size, 2)
    return size

# %%
def true_shapes(size: int, filters: list) -> list:
    shapes = [tuple(np.array([halved(size, n), halved(size, n), f], dtype="int64")) for n, f in enumerate(filters, start=1)]
    return shapes + [(np.prod(shapes[-1]),)]


def sizes_that_fit(claims: dict) -> list:
    fitting = set(range(1, 501))
    for poolings, side in claims.items():
        fitting &= {size for size in fitting if halved(size, poolings) == side}
    return sorted(fitting)


def dense_straight_on(shape: tuple, units: int) -> tuple:
    *before, channels = shape
    return (*before, units), np.int64((channels + 1) * units)
