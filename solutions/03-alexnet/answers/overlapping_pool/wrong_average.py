# Averages instead of taking the maximum.
# Loses: test_overlapping_pool
# Told: this is the average of each window
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    pooled = tf.nn.avg_pool2d(maps, window, stride, "VALID").numpy()
    return pooled, np.zeros(maps.shape, bool)
