# Nested Python loops with max() and a sum of floats; match-case.
def pool2d(feature_map, size=2, stride=2, kind="max"):
    def mean(values):
        return sum(values) / len(values)

    match kind:
        case "max":
            choose = max
        case "average":
            choose = mean
        case _:
            raise ValueError(kind)
    fh, fw = pair(size)
    sh, sw = pair(stride)
    height, width, channels = feature_map.shape
    return np.array([
        [
            [choose([float(feature_map[y + i, x + j, c]) for i in range(fh) for j in range(fw)]) for c in range(channels)]
            for x in range(0, width - fw + 1, sw)
        ]
        for y in range(0, height - fh + 1, sh)
    ])
