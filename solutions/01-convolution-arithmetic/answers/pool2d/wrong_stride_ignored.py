# Ignores the stride.
# Loses: test_pool2d
# Told: stride is ignored
def pool2d(feature_map, size=2, stride=2, kind="max"):
    windows = np.lib.stride_tricks.sliding_window_view(feature_map, pair(size), axis=(0, 1))
    return windows.max(axis=(3, 4)) if kind == "max" else windows.mean(axis=(3, 4))
