# wrong: height and width are exchanged in the output shape ("(height, width, channels)"); right for square images
# Loses: test_layer_table
# Told: A convolution keeps height and width, each for itself
def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    height, width, channels = input_shape
    rows = []
    for i, (filters, kernel_sizes) in enumerate(blocks, start=1):
        for j, size in enumerate(kernel_sizes, start=1):
            weights = size * size * channels * filters
            rows.append((f"conv{i}_{j}", (width, height, filters), weights + filters, height * width * weights))
            channels = filters
        height, width = height // 2, width // 2
        rows.append((f"pool{i}", (width, height, channels), 0, 0))
    inputs = height * width * channels
    for i, units in enumerate(dense, start=1):
        rows.append((f"fc{i}", (units,), inputs * units + units, inputs * units))
        inputs = units
    return rows
