# Uses the height for both axes.
# Loses: test_overlapping_pool
# Told: the height of the maps is used for both
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    count = (maps.shape[1] - window) // stride + 1
    pooled = np.zeros((maps.shape[0], count, count, maps.shape[3]), maps.dtype)
    winners = np.zeros(maps.shape, bool)
    for row in range(count):
        for column in range(count):
            view = (slice(None), slice(row * stride, row * stride + window), slice(column * stride, column * stride + window))
            pooled[:, row, column] = maps[view].max(axis=(1, 2))
            winners[view] |= maps[view] == pooled[:, row, column][:, None, None]
    return pooled, winners
