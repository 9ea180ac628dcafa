# Averages with the student's own conv2d, one filter a channel, and takes maxima in a comprehension.
def pool2d(feature_map, size=2, stride=2, kind="max"):
    (k_h, k_w), (s_h, s_w) = pair(size), pair(stride)
    channels = feature_map.shape[2]
    if kind == "average":
        kernels = np.zeros((k_h, k_w, channels, channels))
        for channel in range(channels):
            kernels[:, :, channel, channel] = 1 / (k_h * k_w)
        return conv2d(feature_map, kernels, stride)
    rows = range(0, feature_map.shape[0] - k_h + 1, s_h)
    columns = range(0, feature_map.shape[1] - k_w + 1, s_w)
    return np.array([[feature_map[i : i + k_h, j : j + k_w].max((0, 1)) for j in columns] for i in rows])
