# TensorFlow pools; the winners are found by comparing with each window's result.
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    pooled = tf.nn.max_pool2d(maps, window, stride, "VALID").numpy()
    winners = np.zeros(maps.shape, bool)
    for image, row, column, channel in np.ndindex(*pooled.shape):
        top, left = row * stride, column * stride
        patch = maps[image, top : top + window, left : left + window, channel]
        winners[image, top : top + window, left : left + window, channel] |= patch == pooled[image, row, column, channel]
    return pooled, winners
