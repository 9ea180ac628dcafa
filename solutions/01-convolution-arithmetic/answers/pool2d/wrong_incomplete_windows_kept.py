# Keeps windows that hang over the edge, as padding `same` would.
# Loses: test_pool2d
# Told: window that does not fit is kept
def pool2d(feature_map, size=2, stride=2, kind="max"):
    (k_h, k_w), (s_h, s_w) = pair(size), pair(stride)
    rows = range(0, feature_map.shape[0], s_h)
    columns = range(0, feature_map.shape[1], s_w)
    reduce = np.max if kind == "max" else np.mean
    return np.array([[reduce(feature_map[i : i + k_h, j : j + k_w], axis=(0, 1)) for j in columns] for i in rows])
