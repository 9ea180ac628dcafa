# Counts the multiplications at the places that are left after pooling.
# Loses: test_layer_table
# Told: positions after pooling
def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    height, width, channels = input_shape
    rows = []
    for number, (filters, kernel_sizes) in enumerate(blocks, start=1):
        for place, kernel_size in enumerate(kernel_sizes, start=1):
            weights = kernel_size**2 * channels * filters
            channels = filters
            rows.append((f"conv{number}_{place}", (height, width, filters), weights + filters, (height // 2) * (width // 2) * weights))
        height, width = height // 2, width // 2
        rows.append((f"pool{number}", (height, width, channels), 0, 0))
    inputs = height * width * channels
    for number, units in enumerate(dense, start=1):
        rows.append((f"fc{number}", (units,), inputs * units + units, inputs * units))
        inputs = units
    return rows
