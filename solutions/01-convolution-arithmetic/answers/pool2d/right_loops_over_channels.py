# Loops over channels, rows and columns.
def pool2d(feature_map, size=2, stride=2, kind="max"):
    (k_h, k_w), (s_h, s_w) = pair(size), pair(stride)
    n_h = (feature_map.shape[0] - k_h) // s_h + 1
    n_w = (feature_map.shape[1] - k_w) // s_w + 1
    n_c = feature_map.shape[2]
    out = np.zeros((n_h, n_w, n_c))
    for c in range(n_c):
        for i in range(n_h):
            for j in range(n_w):
                window = feature_map[i * s_h:i * s_h + k_h, j * s_w:j * s_w + k_w, c]
                out[i, j, c] = window.max() if kind == "max" else window.mean()
    return out
