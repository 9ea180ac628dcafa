# right: Keras is asked about the dense layer; recursion for the shapes
def true_shapes(size: int, filters: list) -> list:
    def after(side, rest, channels):
        if not rest:
            return [(side * side * channels,)]
        return [(side // 2, side // 2, rest[0]), *after(side // 2, rest[1:], rest[0])]

    return after(size, list(filters), 1)


def sizes_that_fit(claims: dict) -> list:
    def fits(size):
        for k in range(max(claims, default=0) + 1):
            if claims.get(k, size) != size:
                return False
            size //= 2
        return True

    return list(filter(fits, range(1, 501)))


def dense_straight_on(shape: tuple, units: int) -> tuple:
    layer = tf.keras.layers.Dense(units)
    layer.build((None, *shape))
    return tuple(layer.compute_output_shape((None, *shape))[1:]), layer.count_params()
