# As many columns as rows (shape "(n, rows, columns, channels)"); right for square maps.
# Loses: test_overlapping_pool
# Told: the height of the maps is used for both
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    n, height, _, channels = maps.shape
    starts = range(0, height - window + 1, stride)
    pooled = np.zeros((n, len(starts), len(starts), channels), "float32")
    winners = np.zeros(maps.shape, bool)
    for i, y in enumerate(starts):
        for j, x in enumerate(starts):
            part = np.s_[:, y : y + window, x : x + window]
            best = maps[part].max(axis=(1, 2))
            pooled[:, i, j] = best
            winners[part] |= maps[part] == best[:, None, None]
    return pooled, winners
