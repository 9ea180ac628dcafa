# ReLU as an Activation layer, which activation_statistics (tf.keras.layers.ReLU) does not find.
# Loses: test_repaired_vgg
# Told: ReLU layer of its own
def repaired_vgg(
    channels: tuple = NARROW,
    units: int = NARROW_UNITS,
    initializer: str = "he_normal",
    normalise: bool = True,
    momentum: float = 0.9,
) -> tf.keras.Model:
    def finish(values, layer):
        values = layer(values)
        if normalise:
            values = tf.keras.layers.BatchNormalization(momentum=momentum)(values)
        return tf.keras.layers.Activation("relu")(values)

    values = image = tf.keras.Input((32, 32, 3))
    for number, count in zip(channels, (2, 2, 3, 3, 3)):
        for _ in range(count):
            values = finish(values, tf.keras.layers.Conv2D(number, 3, padding="same", use_bias=not normalise, kernel_initializer=initializer))
        values = tf.keras.layers.MaxPooling2D()(values)
    values = tf.keras.layers.Flatten()(values)
    for _ in range(2):
        values = finish(values, tf.keras.layers.Dense(units, use_bias=not normalise, kernel_initializer=initializer))
    return tf.keras.Model(image, tf.keras.layers.Dense(10, kernel_initializer=initializer)(values))
