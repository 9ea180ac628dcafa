# Asks Keras for the shape after each layer, without making weights.
def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    shape = (None, *input_shape)
    table = []
    for number, (filters, sizes) in enumerate(blocks, 1):
        for place, size in enumerate(sizes, 1):
            after = tf.keras.layers.Conv2D(filters, size, padding="same").compute_output_shape(shape)
            weights = size * size * shape[-1] * filters
            table.append((f"conv{number}_{place}", tuple(after[1:]), weights + filters, math.prod(after[1:3]) * weights))
            shape = after
        shape = tf.keras.layers.MaxPooling2D(2).compute_output_shape(shape)
        table.append((f"pool{number}", tuple(shape[1:]), 0, 0))
    _, inputs = tf.keras.layers.Flatten().compute_output_shape(shape)
    for number, units in enumerate(dense, 1):
        table.append((f"fc{number}", (units,), inputs * units + units, inputs * units))
        inputs = units
    return table
