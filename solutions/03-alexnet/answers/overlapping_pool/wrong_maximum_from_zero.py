# Starts the maximum at 0, which is too large for negative maps.
# Loses: test_overlapping_pool
# Told: starts from 0
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    height = (maps.shape[1] - window) // stride + 1
    width = (maps.shape[2] - window) // stride + 1
    pooled = np.zeros((maps.shape[0], height, width, maps.shape[3]), maps.dtype)
    winners = np.zeros(maps.shape, bool)
    for down in range(window):
        for right in range(window):
            part = maps[:, down : down + stride * (height - 1) + 1 : stride, right : right + stride * (width - 1) + 1 : stride]
            pooled = np.maximum(pooled, part)
    for down in range(window):
        for right in range(window):
            place = np.s_[:, down : down + stride * (height - 1) + 1 : stride, right : right + stride * (width - 1) + 1 : stride]
            winners[place] |= maps[place] == pooled
    return pooled, winners
