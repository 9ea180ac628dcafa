# Works through the blocks by recursion.
def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    def after(blocks, number, shape):
        if not blocks:
            return [], shape
        filters, sizes = blocks[0]
        height, width, channels = shape
        rows = []
        for place, size in enumerate(sizes, start=1):
            count = size * size * (channels if place == 1 else filters) * filters
            rows += [(f"conv{number}_{place}", (height, width, filters), count + filters, count * height * width)]
        shape = (height // 2, width // 2, filters)
        rest, last = after(blocks[1:], number + 1, shape)
        return rows + [(f"pool{number}", shape, 0, 0)] + rest, last

    rows, (height, width, channels) = after(list(blocks), 1, tuple(input_shape))
    inputs = [height * width * channels, *dense[:-1]]
    return rows + [(f"fc{n}", (b,), a * b + b, a * b) for n, (a, b) in enumerate(zip(inputs, dense), start=1)]
