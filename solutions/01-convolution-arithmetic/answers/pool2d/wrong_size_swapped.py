# Height and width of the windows are swapped.
# Loses: test_pool2d
# Told: should have shape (6, 4, 2), but has shape (5, 5, 2)
def pool2d(feature_map, size=2, stride=2, kind="max"):
    (fw, fh), (sh, sw) = pair(size), pair(stride)
    windows = np.lib.stride_tricks.sliding_window_view(feature_map, (fh, fw), axis=(0, 1))[::sh, ::sw]
    return windows.max(axis=(-2, -1)) if kind == "max" else windows.mean(axis=(-2, -1))
