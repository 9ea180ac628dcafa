# One strided slice for each place in the window, np.maximum or a float sum over them; checks kind.
def pool2d(feature_map, size=2, stride=2, kind="max"):
    if kind not in ("max", "average"):
        raise ValueError(f'kind is "max" or "average", not {kind!r}')
    (fh, fw), (sh, sw) = pair(size), pair(stride)
    oh, ow = output_shape(feature_map.shape[:2], (fh, fw), 0, (sh, sw))
    layers = [
        feature_map[a : a + sh * (oh - 1) + 1 : sh, b : b + sw * (ow - 1) + 1 : sw]
        for a in range(fh)
        for b in range(fw)
    ]
    if kind == "average":
        return sum(layer.astype(float) for layer in layers) / len(layers)
    best = layers[0].copy()
    for layer in layers[1:]:
        np.maximum(best, layer, out=best)
    return best
