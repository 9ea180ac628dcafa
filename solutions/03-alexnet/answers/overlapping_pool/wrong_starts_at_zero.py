# The maximum begins at 0, so windows with negative values only give 0 ("the maximum of each window").
# Loses: test_overlapping_pool
# Told: starts from 0
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    n, height, width, channels = maps.shape
    rows, columns = (height - window) // stride + 1, (width - window) // stride + 1
    pooled = np.zeros((n, rows, columns, channels), "float32")
    winners = np.zeros(maps.shape, bool)
    for dy in range(window):
        for dx in range(window):
            pooled = np.maximum(pooled, maps[:, dy : dy + (rows - 1) * stride + 1 : stride, dx : dx + (columns - 1) * stride + 1 : stride])
    for i in range(rows):
        for j in range(columns):
            part = np.s_[:, i * stride : i * stride + window, j * stride : j * stride + window]
            winners[part] |= maps[part] == pooled[:, i : i + 1, j : j + 1]
    return pooled, winners
