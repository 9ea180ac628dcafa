# The maximum of each channel, but the average of all channels together.
# Loses: test_pool2d
# Told: channels are mixed
def pool2d(feature_map, size=2, stride=2, kind="max"):
    (fh, fw), (sh, sw) = pair(size), pair(stride)
    height, width = output_shape(feature_map.shape[:2], size, 0, stride)
    out = np.zeros((height, width, feature_map.shape[2]))
    for i in range(height):
        for j in range(width):
            window = feature_map[i * sh : i * sh + fh, j * sw : j * sw + fw]
            out[i, j] = window.max(axis=(0, 1)) if kind == "max" else window.mean()
    return out
