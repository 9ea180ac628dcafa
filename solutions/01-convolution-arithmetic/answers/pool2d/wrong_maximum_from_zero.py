# Starts the maximum at 0, which loses negative numbers.
# Loses: test_pool2d
# Told: starts at 0
def pool2d(feature_map, size=2, stride=2, kind="max"):
    (k_h, k_w), (s_h, s_w) = pair(size), pair(stride)
    height, width = output_shape(feature_map.shape[:2], size, 0, stride)
    best = np.zeros((height, width, feature_map.shape[2]))
    total = np.zeros_like(best)
    for i in range(k_h):
        for j in range(k_w):
            part = feature_map[i:, j:][::s_h, ::s_w][:height, :width]
            best = np.maximum(best, part)
            total += part
    return best if kind == "max" else total / (k_h * k_w)
