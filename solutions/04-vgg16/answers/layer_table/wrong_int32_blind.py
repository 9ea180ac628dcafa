# wrong: 32-bit whole numbers overflow for large images ("both counts are whole numbers")
# Loses: test_layer_table
# Told: Whole numbers of 32 bits end at 2,147,483,647
def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    height, width, channels = input_shape
    rows = []
    for i, (filters, kernel_sizes) in enumerate(blocks, start=1):
        for j, size in enumerate(kernel_sizes, start=1):
            weights = size * size * channels * filters
            rows.append((f"conv{i}_{j}", (height, width, filters), weights + filters, int(np.multiply(np.int32(height * width), np.int32(weights), dtype="int32"))))
            channels = filters
        height, width = height // 2, width // 2
        rows.append((f"pool{i}", (height, width, channels), 0, 0))
    inputs = height * width * channels
    for i, units in enumerate(dense, start=1):
        rows.append((f"fc{i}", (units,), inputs * units + units, inputs * units))
        inputs = units
    return rows
