# Helpers of one's own called maximum and average (names that the notebook's test cell uses for its own arrays).
def maximum(window):
    return window.max(axis=(0, 1))


def average(window):
    return window.mean(axis=(0, 1))


def pool2d(feature_map, size=2, stride=2, kind="max"):
    (fh, fw), (sh, sw) = pair(size), pair(stride)
    rows, columns = output_shape(feature_map.shape[:2], size, 0, stride)
    reduce = maximum if kind == "max" else average
    return np.array([
        [reduce(feature_map[y * sh : y * sh + fh, x * sw : x * sw + fw]) for x in range(columns)] for y in range(rows)
    ])
