# Takes the feature map for (channels, height, width).
# Loses: test_pool2d
# Told: axes are mixed up
def pool2d(feature_map, size=2, stride=2, kind="max"):
    (k_h, k_w), (s_h, s_w) = pair(size), pair(stride)
    channels = feature_map.shape[0]
    height, width = output_shape(feature_map.shape[:2], size, 0, stride)
    out = np.zeros((height, width, channels))
    for i in range(height):
        for j in range(width):
            window = feature_map[:, i * s_h : i * s_h + k_h, j * s_w : j * s_w + k_w]
            out[i, j] = (window.max((1, 2)) if kind == "max" else window.mean((1, 2))) if window.size else 0
    return out
