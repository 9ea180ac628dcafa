# Pools the first channel and repeats it.
# Loses: test_pool2d
# Told: only the first channel
def pool2d(feature_map, size=2, stride=2, kind="max"):
    s_h, s_w = pair(stride)
    windows = np.lib.stride_tricks.sliding_window_view(feature_map[:, :, 0], pair(size))[::s_h, ::s_w]
    pooled = windows.max(axis=(2, 3)) if kind == "max" else windows.mean(axis=(2, 3))
    return np.stack([pooled] * feature_map.shape[2], axis=-1)
