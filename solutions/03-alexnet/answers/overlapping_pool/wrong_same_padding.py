# Pools with padding, so that windows reach over the edge.
# Loses: test_overlapping_pool
# Told: extend beyond the border
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    pooled = tf.nn.max_pool2d(maps, window, stride, "SAME").numpy()
    return pooled, np.ones(maps.shape, bool)
