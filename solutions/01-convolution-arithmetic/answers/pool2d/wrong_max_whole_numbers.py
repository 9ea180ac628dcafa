# The array for the maxima holds whole numbers, so floats are cut.
# Loses: test_pool2d
# Told: Compute this one number by hand: its window, reduced as `kind` says
def pool2d(feature_map, size=2, stride=2, kind="max"):
    (fh, fw), (sh, sw) = pair(size), pair(stride)
    oh, ow = output_shape(feature_map.shape[:2], size, 0, stride)
    out = np.zeros((oh, ow, feature_map.shape[2]), int if kind == "max" else float)
    for y in range(oh):
        for x in range(ow):
            window = feature_map[y * sh : y * sh + fh, x * sw : x * sw + fw]
            out[y, x] = window.max(axis=(0, 1)) if kind == "max" else window.mean(axis=(0, 1))
    return out
