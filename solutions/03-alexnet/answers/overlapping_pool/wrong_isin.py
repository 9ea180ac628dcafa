# A pixel wins if its value occurs among the maxima anywhere ("the maximum of at least one window in which it lies").
# Loses: test_overlapping_pool
# Told: a window that does not contain them
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    pooled = tf.nn.max_pool2d(maps, window, stride, "VALID").numpy()
    return pooled, np.isin(maps, pooled)
