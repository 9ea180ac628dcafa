# Of equal pixels only the first wins ("Where pixels are equal, all of them win").
# Loses: test_overlapping_pool
# Told: only the first of several equal pixels wins
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    n, height, width, channels = maps.shape
    rows, columns = (height - window) // stride + 1, (width - window) // stride + 1
    pooled = np.zeros((n, rows, columns, channels), "float32")
    winners = np.zeros(maps.shape, bool)
    for i in range(rows):
        for j in range(columns):
            flat = maps[:, i * stride : i * stride + window, j * stride : j * stride + window].reshape(n, -1, channels)
            at = flat.argmax(axis=1)
            for image in range(n):
                for channel in range(channels):
                    k = at[image, channel]
                    pooled[image, i, j, channel] = flat[image, k, channel]
                    winners[image, i * stride + k // window, j * stride + k % window, channel] = True
    return pooled, winners
