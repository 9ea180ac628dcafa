# wrong: empties the list of blocks that it is given (the caller's list; in-place change)
# Loses: test_layer_table
# Told: Work on a copy: the caller still needs it
def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    height, width, channels = input_shape
    rows = []
    i = 0
    while blocks:
        filters, kernel_sizes = blocks.pop(0)
        i += 1
        for j, size in enumerate(kernel_sizes, start=1):
            weights = size * size * channels * filters
            rows.append((f"conv{i}_{j}", (height, width, filters), weights + filters, height * width * weights))
            channels = filters
        height, width = height // 2, width // 2
        rows.append((f"pool{i}", (height, width, channels), 0, 0))
    inputs = height * width * channels
    for i, units in enumerate(dense, start=1):
        rows.append((f"fc{i}", (units,), inputs * units + units, inputs * units))
        inputs = units
    return rows
