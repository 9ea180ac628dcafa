# The maximum starts at -999, "small enough".
# Loses: test_pool2d
# Told: Compute this one number by hand: its window, reduced as `kind` says
def pool2d(feature_map, size=2, stride=2, kind="max"):
    (fh, fw), (sh, sw) = pair(size), pair(stride)
    oh, ow = output_shape(feature_map.shape[:2], (fh, fw), 0, (sh, sw))
    out = np.full((oh, ow, feature_map.shape[2]), -999.0 if kind == "max" else 0.0)
    for i in range(oh):
        for j in range(ow):
            for row in feature_map[i * sh:i * sh + fh, j * sw:j * sw + fw]:
                for pixel in row:
                    out[i, j] = np.maximum(out[i, j], pixel) if kind == "max" else out[i, j] + pixel / (fh * fw)
    return out
