# A function for each kind of layer; lists instead of tuples as rows.
def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    def convolution(shape, filters, size):
        products = size * size * shape[2] * filters
        return [shape[0], shape[1], filters], products + filters, shape[0] * shape[1] * products

    table, shape = [], list(input_shape)
    for b in range(len(blocks)):
        filters, sizes = blocks[b]
        for c in range(len(sizes)):
            shape, parameters, products = convolution(shape, filters, sizes[c])
            table.append(["conv%d_%d" % (b + 1, c + 1), tuple(shape), parameters, products])
        shape = [shape[0] // 2, shape[1] // 2, shape[2]]
        table.append(["pool%d" % (b + 1), tuple(shape), 0, 0])
    vector = math.prod(shape)
    for d, units in enumerate(dense):
        table.append(["fc%d" % (d + 1), (units,), (vector + 1) * units, vector * units])
        vector = units
    return table
