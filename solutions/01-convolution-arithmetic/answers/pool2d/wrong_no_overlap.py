# Moves the window by its size instead of by the stride.
# Loses: test_pool2d
# Told: the stride is not used
def pool2d(feature_map, size=2, stride=2, kind="max"):
    k_h, k_w = pair(size)
    windows = np.lib.stride_tricks.sliding_window_view(feature_map, (k_h, k_w), axis=(0, 1))
    windows = windows[::k_h, ::k_w]
    return windows.max(axis=(3, 4)) if kind == "max" else windows.mean(axis=(3, 4))
