# Adds up in the feature map's dtype, uint8 overflows.
# Loses: test_pool2d
# Told: the sum of a window does not fit into 8 bits
def pool2d(feature_map, size=2, stride=2, kind="max"):
    (fh, fw), (sh, sw) = pair(size), pair(stride)
    oh, ow = output_shape(feature_map.shape[:2], size, 0, stride)
    parts = [feature_map[i : i + sh * (oh - 1) + 1 : sh, j : j + sw * (ow - 1) + 1 : sw] for i in range(fh) for j in range(fw)]
    total = parts[0].copy()
    for part in parts[1:]:
        total = np.maximum(total, part) if kind == "max" else total + part
    return total if kind == "max" else total / len(parts)
