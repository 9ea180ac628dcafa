# The search for the maximum starts at -1000, so smaller numbers are lost.
# Loses: test_pool2d
# Told: Compute this one number by hand: its window, reduced as `kind` says
def pool2d(feature_map, size=2, stride=2, kind="max"):
    (fh, fw), (sh, sw) = pair(size), pair(stride)
    oh, ow = output_shape(feature_map.shape[:2], size, 0, stride)
    out = np.full((oh, ow, feature_map.shape[2]), -1000.0 if kind == "max" else 0.0)
    for i in range(fh):
        for j in range(fw):
            part = feature_map[i : i + sh * (oh - 1) + 1 : sh, j : j + sw * (ow - 1) + 1 : sw]
            out = np.maximum(out, part) if kind == "max" else out + part / (fh * fw)
    return out
