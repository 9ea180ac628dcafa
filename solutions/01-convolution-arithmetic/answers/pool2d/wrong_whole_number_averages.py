# Stores the averages in an array of the input's whole-number dtype.
# Loses: test_pool2d
# Told: cut to whole numbers
def pool2d(feature_map, size=2, stride=2, kind="max"):
    (k_h, k_w), (s_h, s_w) = pair(size), pair(stride)
    height, width = output_shape(feature_map.shape[:2], size, 0, stride)
    out = np.zeros((height, width, feature_map.shape[2]), dtype=feature_map.dtype)
    for i in range(height):
        for j in range(width):
            window = feature_map[i * s_h : i * s_h + k_h, j * s_w : j * s_w + k_w]
            out[i, j] = window.max((0, 1)) if kind == "max" else window.mean((0, 1))
    return out
