# Marks every pixel that lies in some window.
# Loses: test_overlapping_pool
# Told: these are the pixels that some window contains
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    height = (maps.shape[1] - window) // stride + 1
    width = (maps.shape[2] - window) // stride + 1
    pooled = np.zeros((maps.shape[0], height, width, maps.shape[3]), maps.dtype)
    winners = np.zeros(maps.shape, bool)
    for row in range(height):
        for column in range(width):
            place = np.s_[:, row * stride : row * stride + window, column * stride : column * stride + window]
            largest = maps[place].max(axis=(1, 2))
            pooled[:, row, column] = largest
            winners[place] = True
    return pooled, winners
