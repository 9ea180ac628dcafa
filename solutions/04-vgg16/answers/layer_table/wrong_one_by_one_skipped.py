# wrong: 1×1 convolutions have no row and change nothing ("a row for each layer")
# Loses: test_layer_table
# Told: Each convolution, each pooling and each dense layer of these arguments should have
def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    height, width, channels = input_shape
    rows = []
    for i, (filters, kernel_sizes) in enumerate(blocks, start=1):
        for j, size in enumerate(kernel_sizes, start=1):
            if size == 1:
                continue
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
