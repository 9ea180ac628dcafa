# wrong: the convolutions are numbered through ("conv2_1 is the first convolution of the second block")
# Loses: test_layer_table
# Told: Numbers start at 1, and a convolution has two: that of its block and its own
def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    height, width, channels = input_shape
    rows, j = [], 0
    for i, (filters, kernel_sizes) in enumerate(blocks, start=1):
        for size in kernel_sizes:
            j += 1
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
