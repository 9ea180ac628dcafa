# Goes over the places within a window, not over the windows.
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    height = (maps.shape[1] - window) // stride + 1
    width = (maps.shape[2] - window) // stride + 1
    views = [
        (slice(None), slice(down, down + stride * (height - 1) + 1, stride), slice(right, right + stride * (width - 1) + 1, stride))
        for down in range(window) for right in range(window)
    ]
    pooled = np.max([maps[view] for view in views], axis=0)
    winners = np.zeros(maps.shape, dtype=bool)
    for view in views:
        winners[view] |= maps[view] == pooled
    return pooled, winners
