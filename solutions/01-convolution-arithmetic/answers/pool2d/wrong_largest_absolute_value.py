# Takes the largest absolute value of each window.
# Loses: test_pool2d
# Told: largest absolute value
def pool2d(feature_map, size=2, stride=2, kind="max"):
    s_h, s_w = pair(stride)
    windows = np.lib.stride_tricks.sliding_window_view(feature_map, pair(size), axis=(0, 1))[::s_h, ::s_w]
    return np.abs(windows).max(axis=(3, 4)) if kind == "max" else windows.mean(axis=(3, 4))
