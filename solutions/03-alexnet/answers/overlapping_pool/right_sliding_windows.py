# A sliding window view for the maximum, a loop for the winners; returns a list.
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    views = np.lib.stride_tricks.sliding_window_view(maps, (window, window), axis=(1, 2))[:, ::stride, ::stride]
    pooled = views.max(axis=(-2, -1))
    won = np.zeros(maps.shape, dtype=bool)
    for row in range(pooled.shape[1]):
        for column in range(pooled.shape[2]):
            y, x = row * stride, column * stride
            patch = maps[:, y : y + window, x : x + window]
            won[:, y : y + window, x : x + window] = np.maximum(
                won[:, y : y + window, x : x + window], patch == pooled[:, row : row + 1, column : column + 1]
            )
    return [pooled, won]
