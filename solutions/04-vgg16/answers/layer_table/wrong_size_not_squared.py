# wrong: a kernel of k has 3·k weights a channel: right for 3 ("3·3·2·4", k·k)
# Loses: test_layer_table
# Told: A filter has kernel size squared times the channels of the layer before
def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    height, width, channels = input_shape
    rows = []
    for i, (filters, kernel_sizes) in enumerate(blocks, start=1):
        for j, size in enumerate(kernel_sizes, start=1):
            weights = 3 * size * channels * filters
            rows.append((f"conv{i}_{j}", (height, width, filters), weights + filters, height * width * weights))
            channels = filters
        height, width = height // 2, width // 2
        rows.append((f"pool{i}", (height, width, channels), 0, 0))
    inputs = height * width * channels
    for i, units in enumerate(dense, start=1):
        rows.append((f"fc{i}", (units,), inputs * units + units, inputs * units))
        inputs = units
    return rows
