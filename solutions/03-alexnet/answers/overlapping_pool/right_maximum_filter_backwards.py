# Keras for the maxima; then every pixel asks all windows in which it may lie (no window: nan, which equals nothing).
import keras


def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    pooled = np.asarray(keras.ops.max_pool(maps, window, stride, padding="valid"))
    n, rows, columns, channels = pooled.shape
    height, width = maps.shape[1:3]
    spread = np.full((n, window + height + rows * stride, window + width + columns * stride, channels), np.nan, "float32")
    spread[:, window : window + rows * stride : stride, window : window + columns * stride : stride] = pooled
    winners = np.zeros(maps.shape, bool)
    for dy in range(window):
        for dx in range(window):
            winners |= maps == spread[:, window - dy : window - dy + height, window - dx : window - dx + width]
    return pooled, winners
