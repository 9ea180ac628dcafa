# A pixel counts as a winner if its value occurs anywhere among the results.
# Loses: test_overlapping_pool
# Told: a window that does not contain them
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    height = (maps.shape[1] - window) // stride + 1
    width = (maps.shape[2] - window) // stride + 1
    pooled = np.zeros((maps.shape[0], height, width, maps.shape[3]), maps.dtype)
    for row in range(height):
        for column in range(width):
            pooled[:, row, column] = maps[:, row * stride : row * stride + window, column * stride : column * stride + window].max(axis=(1, 2))
    return pooled, np.isin(maps, pooled)
