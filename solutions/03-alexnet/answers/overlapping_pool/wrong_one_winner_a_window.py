# Returns for each window where its maximum is.
# Loses: test_overlapping_pool
# Told: should hold True and False
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    pooled, places = tf.nn.max_pool_with_argmax(maps, window, stride, "VALID")
    return pooled, places
