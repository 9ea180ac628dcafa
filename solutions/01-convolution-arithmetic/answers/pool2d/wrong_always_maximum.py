# Ignores `kind` and always takes the maximum.
# Loses: test_pool2d
# Told: but `kind` is 'average' here
def pool2d(feature_map, size=2, stride=2, kind="max"):
    s_h, s_w = pair(stride)
    windows = np.lib.stride_tricks.sliding_window_view(feature_map, pair(size), axis=(0, 1))
    return windows[::s_h, ::s_w].max(axis=(3, 4))
