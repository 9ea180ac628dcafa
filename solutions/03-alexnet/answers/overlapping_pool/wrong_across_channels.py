# Winners compares with the largest of all channels ("of the shape of maps": every channel by itself).
# Loses: test_overlapping_pool
# Told: Each pixel should be compared with the maximum of each window that contains it
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    n, height, width, channels = maps.shape
    rows, columns = (height - window) // stride + 1, (width - window) // stride + 1
    pooled = np.zeros((n, rows, columns, channels), "float32")
    winners = np.zeros(maps.shape, bool)
    for i in range(rows):
        for j in range(columns):
            part = np.s_[:, i * stride : i * stride + window, j * stride : j * stride + window]
            pooled[:, i, j] = maps[part].max(axis=(1, 2))
            winners[part] |= maps[part] == maps[part].max(axis=(1, 2, 3), keepdims=True)
    return pooled, winners
