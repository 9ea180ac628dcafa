# Rounds the averages to one decimal.
# Loses: test_pool2d
# Told: Compute this one number by hand: its window, reduced as `kind` says
def pool2d(feature_map, size=2, stride=2, kind="max"):
    windows = np.lib.stride_tricks.sliding_window_view(feature_map, pair(size), axis=(0, 1))[:: pair(stride)[0], :: pair(stride)[1]]
    return windows.max(axis=(-2, -1)) if kind == "max" else windows.mean(axis=(-2, -1)).round(1)
