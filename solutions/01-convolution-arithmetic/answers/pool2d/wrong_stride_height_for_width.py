# The stride's height is used for the width, too.
# Loses: test_pool2d
# Told: the stride of the height is used for the width
def pool2d(feature_map, size=2, stride=2, kind="max"):
    s = stride if np.ndim(stride) == 0 else stride[0]
    windows = np.lib.stride_tricks.sliding_window_view(feature_map, pair(size), axis=(0, 1))[::s, ::s]
    return windows.max(axis=(-2, -1)) if kind == "max" else windows.mean(axis=(-2, -1))
