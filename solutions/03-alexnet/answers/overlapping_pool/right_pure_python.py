# Plain loops down to the single pixel, a list instead of a tuple is not used.
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    """Max pooling and winners, pixel by pixel."""
    n, h, w, c = maps.shape
    tops = [y for y in range(0, h, stride) if y + window <= h]
    lefts = [x for x in range(0, w, stride) if x + window <= w]
    pooled = np.empty((n, len(tops), len(lefts), c), maps.dtype)
    winners = np.full(maps.shape, False)
    for image in range(n):
        for channel in range(c):
            for row, top in enumerate(tops):
                for column, left in enumerate(lefts):
                    cells = [(top + a, left + b) for a in range(window) for b in range(window)]
                    best = max(maps[image, y, x, channel] for y, x in cells)
                    pooled[image, row, column, channel] = best
                    for y, x in cells:
                        if maps[image, y, x, channel] == best:
                            winners[image, y, x, channel] = True
    return pooled, winners
