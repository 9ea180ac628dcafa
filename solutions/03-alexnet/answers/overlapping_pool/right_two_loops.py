# A loop over all windows, all images and channels at once.
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    n, height, width, channels = maps.shape
    rows, columns = (height - window) // stride + 1, (width - window) // stride + 1
    pooled = np.zeros((n, rows, columns, channels), "float32")
    winners = np.zeros(maps.shape, bool)
    for i in range(rows):
        for j in range(columns):
            part = slice(i * stride, i * stride + window), slice(j * stride, j * stride + window)
            best = maps[:, part[0], part[1]].max(axis=(1, 2), keepdims=True)
            pooled[:, i : i + 1, j : j + 1] = best
            winners[:, part[0], part[1]] |= maps[:, part[0], part[1]] == best
    return pooled, winners
