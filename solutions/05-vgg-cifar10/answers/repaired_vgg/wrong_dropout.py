# Adds dropout, which the recipe does not have.
# Loses: test_repaired_vgg
# Told: none of them should be random
def repaired_vgg(
    channels: tuple = NARROW,
    units: int = NARROW_UNITS,
    initializer: str = "he_normal",
    normalise: bool = True,
    momentum: float = 0.9,
) -> tf.keras.Model:
    def block(layer, maps):
        maps = layer(maps)
        if normalise:
            maps = tf.keras.layers.BatchNormalization(momentum=momentum)(maps)
        return tf.keras.layers.ReLU()(maps)

    maps = image = tf.keras.Input((32, 32, 3))
    for number, times in zip(channels, CONVOLUTIONS):
        for _ in range(times):
            conv = tf.keras.layers.Conv2D(number, 3, padding="same", kernel_initializer=initializer, use_bias=not normalise)
            maps = block(conv, maps)
        maps = tf.keras.layers.Dropout(0.2)(tf.keras.layers.MaxPool2D()(maps))
    maps = tf.keras.layers.Flatten()(maps)
    for _ in range(2):
        maps = block(tf.keras.layers.Dense(units, kernel_initializer=initializer, use_bias=not normalise), maps)
    return tf.keras.Model(image, tf.keras.layers.Dense(10, kernel_initializer=initializer)(maps))
