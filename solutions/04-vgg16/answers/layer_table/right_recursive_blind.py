# right: the first block, then the rest by a recursive helper
def table_of(blocks, dense, shape, block=1, fc=1):
    if blocks:
        (filters, sizes), *rest = blocks
        h, w, c = shape
        layers = []
        for n, k in enumerate(sizes):
            layers.append(("conv%d_%d" % (block, n + 1), (h, w, filters), (k * k * c + 1) * filters, h * w * k * k * c * filters))
            c = filters
        shape = (h // 2, w // 2, c)
        return layers + [("pool%d" % block, shape, 0, 0)] + table_of(rest, dense, shape, block + 1, fc)
    if dense:
        expected = int(np.prod(shape, dtype="int64"))
        return [("fc%d" % fc, (dense[0],), (expected + 1) * dense[0], expected * dense[0])] + table_of([], dense[1:], (dense[0],), block, fc + 1)
    return []


def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    return table_of(list(blocks), tuple(dense), tuple(input_shape))
