# Pools the first image of the batch only.
# Loses: test_overlapping_pool
# Told: only the first image is pooled
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    all_maps, maps = maps, maps[:1]
    height = (maps.shape[1] - window) // stride + 1
    width = (maps.shape[2] - window) // stride + 1
    pooled = np.zeros((maps.shape[0], height, width, maps.shape[3]), maps.dtype)
    winners = np.zeros(maps.shape, bool)
    for row in range(height):
        for column in range(width):
            place = np.s_[:, row * stride : row * stride + window, column * stride : column * stride + window]
            largest = maps[place].max(axis=(1, 2))
            pooled[:, row, column] = largest
            winners[place] |= maps[place] == largest[:, None, None]
    return pooled, np.broadcast_to(winners, all_maps.shape)
