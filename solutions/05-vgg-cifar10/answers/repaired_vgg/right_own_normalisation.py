# With the student's own BatchNormalisation of task 8.
def repaired_vgg(
    channels: tuple = NARROW,
    units: int = NARROW_UNITS,
    initializer: str = "he_normal",
    normalise: bool = True,
    momentum: float = 0.9,
) -> tf.keras.Model:
    options = {"kernel_initializer": initializer, "use_bias": not normalise}
    layers = []
    for number, convolutions in zip(channels, CONVOLUTIONS):
        for _ in range(convolutions):
            layers += [tf.keras.layers.Conv2D(number, 3, padding="same", **options)]
            layers += [BatchNormalisation(momentum)] if normalise else []
            layers += [tf.keras.layers.ReLU()]
        layers += [tf.keras.layers.MaxPooling2D(2)]
    layers += [tf.keras.layers.Flatten()]
    for _ in ("first", "second"):
        layers += [tf.keras.layers.Dense(units, **options)]
        layers += [BatchNormalisation(momentum=momentum)] if normalise else []
        layers += [tf.keras.layers.ReLU()]
    layers += [tf.keras.layers.Dense(10, kernel_initializer=initializer)]
    x = inputs = tf.keras.Input((32, 32, 3))
    for layer in layers:
        x = layer(x)
    return tf.keras.Model(inputs, x)
