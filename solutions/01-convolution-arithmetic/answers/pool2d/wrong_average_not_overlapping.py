# Averages by reshaping into blocks of `size`, so the stride is ignored for them.
# Loses: test_pool2d
# Told: should have shape (4, 5, 2), but has shape (3, 4, 2)
def pool2d(feature_map, size=2, stride=2, kind="max"):
    (fh, fw), (sh, sw) = pair(size), pair(stride)
    if kind == "max":
        return np.lib.stride_tricks.sliding_window_view(feature_map, (fh, fw), axis=(0, 1))[::sh, ::sw].max(axis=(-2, -1))
    h, w, c = feature_map.shape
    return feature_map[: h // fh * fh, : w // fw * fw].reshape(h // fh, fh, w // fw, fw, c).mean(axis=(1, 3))
