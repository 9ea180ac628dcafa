# Asks Keras for every shape.
def true_shapes(size: int, filters: list) -> list:
    tensor = tf.keras.Input((size, size, 1))
    shapes = []
    for number in filters:
        tensor = tf.keras.layers.MaxPooling2D(2)(tf.keras.layers.Conv2D(number, 3, padding="same")(tensor))
        shapes.append(tuple(tensor.shape[1:]))
    shapes.append(tuple(tf.keras.layers.Flatten()(tensor).shape[1:]))
    return shapes


def sizes_that_fit(claims: dict) -> list:
    fitting = []
    for size in range(1, 501):
        side, sides = size, {}
        for pooling in range(1, 10):
            side = side // 2
            sides[pooling] = side
        if all(sides[pooling] == claimed for pooling, claimed in claims.items()):
            fitting.append(size)
    return fitting


def dense_straight_on(shape: tuple, units: int) -> tuple:
    layer = tf.keras.layers.Dense(units)
    output = layer(tf.zeros((1, *shape)))
    return tuple(output.shape[1:]), layer.count_params()
