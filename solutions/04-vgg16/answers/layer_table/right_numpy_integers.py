# Counts with NumPy's 64-bit integers.
def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    size = np.array(input_shape[:2])
    channels = np.int64(input_shape[2])
    rows = []
    for i, block in enumerate(blocks):
        for j, kernel in enumerate(block[1]):
            weights = np.prod([kernel, kernel, channels, block[0]], dtype=np.int64)
            channels = np.int64(block[0])
            rows.append((f"conv{i + 1}_{j + 1}", (size[0], size[1], channels), weights + channels, weights * size.prod()))
        size = size // 2
        rows.append((f"pool{i + 1}", (size[0], size[1], channels), 0, 0))
    width = size.prod() * channels
    for i, units in enumerate(dense):
        rows.append((f"fc{i + 1}", (units,), width * units + units, width * units))
        width = np.int64(units)
    return rows
