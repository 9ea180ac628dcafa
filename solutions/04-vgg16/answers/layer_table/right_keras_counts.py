# Lets Keras make every layer and reads the counts from it.
def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    tensor = tf.keras.Input(input_shape)
    table = []

    def note(name, layer):
        nonlocal tensor
        before = tensor
        tensor = layer(tensor)
        shape = tuple(tensor.shape[1:])
        kernels = [weight for weight in layer.weights if len(weight.shape) > 1]
        places = shape[0] * shape[1] if len(shape) == 3 else 1
        products = places * math.prod(kernels[0].shape) if kernels else 0
        table.append((name, shape, layer.count_params(), products))

    for number, (filters, sizes) in enumerate(blocks, 1):
        for place, size in enumerate(sizes, 1):
            note(f"conv{number}_{place}", tf.keras.layers.Conv2D(filters, size, padding="same", kernel_initializer="zeros"))
        note(f"pool{number}", tf.keras.layers.MaxPooling2D())
    tensor = tf.keras.layers.Flatten()(tensor)
    for number, units in enumerate(dense, 1):
        note(f"fc{number}", tf.keras.layers.Dense(units, kernel_initializer="zeros"))
    return table
