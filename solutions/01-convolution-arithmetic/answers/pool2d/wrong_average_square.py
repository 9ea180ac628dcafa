# The average divides by height times height of the window.
# Loses: test_pool2d
# Told: the sum is divided by the wrong count: a window holds height times width numbers
def pool2d(feature_map, size=2, stride=2, kind="max"):
    (fh, fw), (sh, sw) = pair(size), pair(stride)
    windows = np.lib.stride_tricks.sliding_window_view(feature_map, (fh, fw), axis=(0, 1))[::sh, ::sw]
    return windows.max(axis=(-2, -1)) if kind == "max" else windows.sum(axis=(-2, -1)) / fh**2
