# wrong: pooling rounds to the nearest ("of 7 pixels it makes 3")
# Loses: test_layer_table
# Told: Pooling rounds both sides down: 13 becomes 6, and 11 becomes 5
def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    height, width, channels = input_shape
    rows = []
    for i, (filters, kernel_sizes) in enumerate(blocks, start=1):
        for j, size in enumerate(kernel_sizes, start=1):
            weights = size * size * channels * filters
            rows.append((f"conv{i}_{j}", (height, width, filters), weights + filters, height * width * weights))
            channels = filters
        height, width = round(height / 2 + 1e-9), round(width / 2 + 1e-9)
        rows.append((f"pool{i}", (height, width, channels), 0, 0))
    inputs = height * width * channels
    for i, units in enumerate(dense, start=1):
        rows.append((f"fc{i}", (units,), inputs * units + units, inputs * units))
        inputs = units
    return rows
