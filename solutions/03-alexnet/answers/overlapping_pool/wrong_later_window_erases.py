# Writes the winners of each window over those of the one before.
# Loses: test_overlapping_pool
# Told: a later window erases
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    height = (maps.shape[1] - window) // stride + 1
    width = (maps.shape[2] - window) // stride + 1
    pooled = np.zeros((maps.shape[0], height, width, maps.shape[3]), maps.dtype)
    winners = np.zeros(maps.shape, bool)
    for row in range(height):
        for column in range(width):
            patch = maps[:, row * stride : row * stride + window, column * stride : column * stride + window]
            largest = patch.max(axis=(1, 2))
            pooled[:, row, column] = largest
            winners[:, row * stride : row * stride + window, column * stride : column * stride + window] = patch == largest[:, None, None]
    return pooled, winners
