# Sorts the windows where they lie, in the caller's array.
# Loses: test_pool2d
# Told: Work on a copy: the caller still needs it
def pool2d(feature_map, size=2, stride=2, kind="max"):
    (fh, fw), (sh, sw) = pair(size), pair(stride)
    oh, ow = output_shape(feature_map.shape[:2], size, 0, stride)
    out = np.zeros((oh, ow, feature_map.shape[2]))
    for y in range(oh):
        for x in range(ow):
            window = feature_map[y * sh : y * sh + fh, x * sw : x * sw + fw]
            if kind == "average":
                out[y, x] = window.mean(axis=(0, 1))
            elif (fh, fw) == (sh, sw):
                window.sort(axis=0)
                out[y, x] = window[-1].max(axis=0)
            else:
                out[y, x] = window.max(axis=(0, 1))
    return out
