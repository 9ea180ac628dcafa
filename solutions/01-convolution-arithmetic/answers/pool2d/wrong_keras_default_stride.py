# The stride defaults to the size, as in Keras and PyTorch; here it defaults to 2.
# Loses: test_pool2d
# Told: the default of `stride` is 2
def pool2d(feature_map, size=2, stride=None, kind="max"):
    if stride is None:
        stride = size
    (fh, fw), (sh, sw) = pair(size), pair(stride)
    h, w, c = feature_map.shape
    return np.array([
        [getattr(feature_map[i:i + fh, j:j + fw], "max" if kind == "max" else "mean")((0, 1)) for j in range(0, w - fw + 1, sw)]
        for i in range(0, h - fh + 1, sh)
    ])
