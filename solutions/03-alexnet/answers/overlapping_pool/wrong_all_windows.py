# A pixel has to be the maximum of every window in which it lies ("of at least one window").
# Loses: test_overlapping_pool
# Told: only pixels that win every window
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    n, height, width, channels = maps.shape
    rows, columns = (height - window) // stride + 1, (width - window) // stride + 1
    pooled = np.zeros((n, rows, columns, channels), "float32")
    seen, lost = np.zeros(maps.shape, bool), np.zeros(maps.shape, bool)
    for i in range(rows):
        for j in range(columns):
            part = np.s_[:, i * stride : i * stride + window, j * stride : j * stride + window]
            pooled[:, i, j] = maps[part].max(axis=(1, 2))
            seen[part] = True
            lost[part] |= maps[part] != pooled[:, i : i + 1, j : j + 1]
    return pooled, seen & ~lost
