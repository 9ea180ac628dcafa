# Always moves by two pixels.
# Loses: test_overlapping_pool
# Told: always moves by 2 pixels
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    tops = range(0, maps.shape[1] - window + 1, 2)
    lefts = range(0, maps.shape[2] - window + 1, 2)
    pooled = np.stack([np.stack([maps[:, y : y + window, x : x + window].max(axis=(1, 2)) for x in lefts], axis=1) for y in tops], axis=1)
    winners = np.zeros(maps.shape, bool)
    for row, y in enumerate(tops):
        for column, x in enumerate(lefts):
            winners[:, y : y + window, x : x + window] |= maps[:, y : y + window, x : x + window] == pooled[:, row, column][:, None, None]
    return pooled, winners
