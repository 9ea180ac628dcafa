# Keeps the running maximum in a view of the input.
# Loses: test_pool2d
# Told: work on a copy
def pool2d(feature_map, size=2, stride=2, kind="max"):
    (k_h, k_w), (s_h, s_w) = pair(size), pair(stride)
    height, width = output_shape(feature_map.shape[:2], size, 0, stride)
    best = feature_map[::s_h, ::s_w][:height, :width]
    total = np.zeros(best.shape)
    for i in range(k_h):
        for j in range(k_w):
            part = feature_map[i:, j:][::s_h, ::s_w][:height, :width]
            total += part
            if kind == "max":
                np.maximum(best, part, out=best)
    return best if kind == "max" else total / (k_h * k_w)
