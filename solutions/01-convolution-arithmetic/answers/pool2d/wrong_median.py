# Takes the median for the average: two of the four windows by hand do not show it.
# Loses: test_pool2d
# Told: this is the median
def pool2d(feature_map, size=2, stride=2, kind="max"):
    s_h, s_w = pair(stride)
    windows = np.lib.stride_tricks.sliding_window_view(feature_map, pair(size), axis=(0, 1))[::s_h, ::s_w]
    return windows.max(axis=(3, 4)) if kind == "max" else np.median(windows, axis=(3, 4))
