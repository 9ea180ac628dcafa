# Passes the visible checks: adds up in the input's dtype, so the sum of bright pixels overflows.
# Loses: test_pool2d
# Told: does not fit into 8 bits
def pool2d(feature_map, size=2, stride=2, kind="max"):
    (k_h, k_w), (s_h, s_w) = pair(size), pair(stride)
    height, width = output_shape(feature_map.shape[:2], size, 0, stride)
    parts = [
        feature_map[i:, j:][::s_h, ::s_w][:height, :width] for i in range(k_h) for j in range(k_w)
    ]
    if kind == "max":
        return np.max(parts, axis=0)
    total = np.zeros_like(parts[0])
    for part in parts:
        total += part
    return total / (k_h * k_w)
