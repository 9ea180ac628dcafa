# right: shapes kept as numpy whole numbers and turned into Python's at the end, with checks of the arguments
def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    if len(input_shape) != 3:
        raise ValueError("input_shape is (height, width, channels)")
    side, channels, mean = np.array(input_shape[:2], dtype="int64"), int(input_shape[2]), []
    for i, block in enumerate(blocks):
        for j in range(len(block[1])):
            kernel = block[1][j] ** 2 * channels * block[0]
            channels = block[0]
            mean.append((f"conv{i + 1}_{j + 1}", (*side.tolist(), channels), kernel + channels, int(side.prod()) * kernel))
        side = side // 2
        mean.append((f"pool{i + 1}", (*side.tolist(), channels), 0, 0))
    fan_in = int(side.prod()) * channels
    for i, fan_out in enumerate(dense):
        mean.append((f"fc{i + 1}", (fan_out,), (fan_in + 1) * fan_out, fan_in * fan_out))
        fan_in = fan_out
    return mean
