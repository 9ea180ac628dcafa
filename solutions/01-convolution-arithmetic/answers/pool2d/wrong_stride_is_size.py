# The default of the stride is the size, as in Keras, so pool2d(x, 3) moves by 3.
# Loses: test_pool2d
# Told: the default of `stride` is 2
def pool2d(feature_map, size=2, stride=None, kind="max"):
    (fh, fw), (sh, sw) = pair(size), pair(size if stride is None else stride)
    windows = np.lib.stride_tricks.sliding_window_view(feature_map, (fh, fw), axis=(0, 1))[::sh, ::sw]
    return windows.max(axis=(-2, -1)) if kind == "max" else windows.mean(axis=(-2, -1))
