# One batch normalisation a block, after the pooling.
def repaired_vgg(
    channels: tuple = NARROW,
    units: int = NARROW_UNITS,
    initializer: str = "he_normal",
    normalise: bool = True,
    momentum: float = 0.9,
) -> tf.keras.Model:
    maps = image = tf.keras.Input((32, 32, 3))
    for number, times in zip(channels, CONVOLUTIONS):
        for _ in range(times):
            maps = tf.keras.layers.Conv2D(number, 3, padding="same", kernel_initializer=initializer)(maps)
            maps = tf.keras.layers.ReLU()(maps)
        maps = tf.keras.layers.MaxPool2D()(maps)
        if normalise:
            maps = tf.keras.layers.BatchNormalization(momentum=momentum)(maps)
    maps = tf.keras.layers.Flatten()(maps)
    for _ in range(2):
        maps = tf.keras.layers.Dense(units, activation="relu", kernel_initializer=initializer)(maps)
    return tf.keras.Model(image, tf.keras.layers.Dense(10, kernel_initializer=initializer)(maps))
