# A pixel wins if its value occurs among the maxima anywhere ("the maximum of at least one window in which it lies").
# Loses: test_overlapping_pool
# Told: a pixel wins only in a window in which it lies; equal pixels elsewhere do not
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    pooled = tf.nn.max_pool2d(maps, window, stride, "VALID").numpy()
    return pooled, np.isin(maps, pooled)
