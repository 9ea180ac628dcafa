# Tf.nn.max_pool2d for the maxima, the winners as a tensor of booleans by a scatter.
def overlapping_pool(maps, window: int, stride: int) -> tuple:
    maps = tf.convert_to_tensor(maps)
    pooled = tf.nn.max_pool2d(maps, window, stride, "VALID")
    height, width = maps.shape[1:3]
    starts_y, starts_x = range(0, height - window + 1, stride), range(0, width - window + 1, stride)
    winners = tf.zeros_like(maps, tf.bool)
    for i, y in enumerate(starts_y):
        for j, x in enumerate(starts_x):
            won = maps[:, y : y + window, x : x + window] == pooled[:, i : i + 1, j : j + 1]
            frame = [[0, 0], [y, height - y - window], [x, width - x - window], [0, 0]]
            winners |= tf.pad(won, frame)
    return pooled, winners
