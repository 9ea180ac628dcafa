# The pooling of a block comes before the last ReLU.
# Loses: test_repaired_vgg
# Told: before the pooling
def repaired_vgg(
    channels: tuple = NARROW,
    units: int = NARROW_UNITS,
    initializer: str = "he_normal",
    normalise: bool = True,
    momentum: float = 0.9,
) -> tf.keras.Model:
    def finish(values, layer, pool=False):
        values = layer(values)
        if normalise:
            values = tf.keras.layers.BatchNormalization(momentum=momentum)(values)
        if pool:
            values = tf.keras.layers.MaxPooling2D()(values)
        return tf.keras.layers.ReLU()(values)

    values = image = tf.keras.Input((32, 32, 3))
    for number, count in zip(channels, (2, 2, 3, 3, 3)):
        for place in range(count):
            values = finish(values, tf.keras.layers.Conv2D(number, 3, padding="same", use_bias=not normalise, kernel_initializer=initializer), place == count - 1)
    values = tf.keras.layers.Flatten()(values)
    for _ in range(2):
        values = finish(values, tf.keras.layers.Dense(units, use_bias=not normalise, kernel_initializer=initializer))
    return tf.keras.Model(image, tf.keras.layers.Dense(10, kernel_initializer=initializer)(values))
