# A later window overwrites what an earlier one found ("at least one window in which it lies").
# Loses: test_overlapping_pool
# Told: a later window erases
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    n, height, width, channels = maps.shape
    rows, columns = (height - window) // stride + 1, (width - window) // stride + 1
    pooled = np.zeros((n, rows, columns, channels), "float32")
    winners = np.zeros(maps.shape, bool)
    for i in range(rows):
        for j in range(columns):
            part = np.s_[:, i * stride : i * stride + window, j * stride : j * stride + window]
            best = maps[part].max(axis=(1, 2))
            pooled[:, i, j] = best
            winners[part] = maps[part] == best[:, None, None]
    return pooled, winners
