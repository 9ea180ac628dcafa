# The layers from a text with one letter for each.
def repaired_vgg(
    channels: tuple = NARROW,
    units: int = NARROW_UNITS,
    initializer: str = "he_normal",
    normalise: bool = True,
    momentum: float = 0.9,
) -> tf.keras.Model:
    letters = "".join("c" * count + "p" for count in (2, 2, 3, 3, 3)) + "fdd"
    remaining = [width for width, count in zip(channels, (2, 2, 3, 3, 3)) for _ in range(count)]
    common = dict(kernel_initializer=initializer, use_bias=False if normalise else True)
    x = start = tf.keras.layers.Input(shape=(32, 32, 3))
    for letter in letters:
        if letter == "p":
            x = tf.keras.layers.MaxPooling2D(pool_size=2, strides=2)(x)
        elif letter == "f":
            x = tf.keras.layers.Reshape((-1,))(x)
        else:
            x = tf.keras.layers.Conv2D(remaining.pop(0), 3, 1, "same", **common)(x) if letter == "c" else tf.keras.layers.Dense(units, **common)(x)
            x = tf.keras.layers.BatchNormalization(-1, momentum)(x) if normalise else x
            x = tf.keras.layers.ReLU()(x)
    return tf.keras.Model(inputs=start, outputs=tf.keras.layers.Dense(10, kernel_initializer=initializer)(x))
