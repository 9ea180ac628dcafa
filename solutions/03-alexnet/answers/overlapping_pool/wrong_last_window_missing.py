# The range ends before the last window.
# Loses: test_overlapping_pool
# Told: where the last window ends at the border, it is missing
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    height = len(range(0, maps.shape[1] - window, stride))
    width = len(range(0, maps.shape[2] - window, stride))
    pooled = np.zeros((maps.shape[0], height, width, maps.shape[3]), maps.dtype)
    winners = np.zeros(maps.shape, bool)
    for row in range(height):
        for column in range(width):
            place = np.s_[:, row * stride : row * stride + window, column * stride : column * stride + window]
            largest = maps[place].max(axis=(1, 2))
            pooled[:, row, column] = largest
            winners[place] |= maps[place] == largest[:, None, None]
    return pooled, winners
