# First along the rows, then along the columns (maximum and average both allow it).
def pool_axis(values, length, step, axis, how):
    moved = np.moveaxis(values, axis, 0)
    pooled = [how(moved[start : start + length], axis=0) for start in range(0, len(moved) - length + 1, step)]
    return np.moveaxis(np.stack(pooled), 0, axis)
# %%
def pool2d(feature_map, size=2, stride=2, kind="max"):
    how = np.amax if kind == "max" else np.mean
    for axis in (0, 1):
        feature_map = pool_axis(feature_map, pair(size)[axis], pair(stride)[axis], axis, how)
    return feature_map
