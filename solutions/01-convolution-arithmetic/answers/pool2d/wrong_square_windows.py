# Passes the visible checks: uses the window's height for its width, too.
# Loses: test_pool2d
# Told: size of the height is used for the width
def pool2d(feature_map, size=2, stride=2, kind="max"):
    k, (s_h, s_w) = pair(size)[0], pair(stride)
    windows = np.lib.stride_tricks.sliding_window_view(feature_map, (k, k), axis=(0, 1))[::s_h, ::s_w]
    return windows.max(axis=(3, 4)) if kind == "max" else windows.mean(axis=(3, 4))
