# One batch normalisation a block, after the pooling.
# Loses: test_repaired_vgg
# Told: followed by batch normalisation and ReLU
def repaired_vgg(
    channels: tuple = NARROW,
    units: int = NARROW_UNITS,
    initializer: str = "he_normal",
    normalise: bool = True,
    momentum: float = 0.9,
) -> tf.keras.Model:
    x = image = tf.keras.Input((32, 32, 3))
    for size, times in zip(channels, CONVOLUTIONS):
        for _ in range(times):
            x = tf.keras.layers.Conv2D(size, 3, padding="same", kernel_initializer=initializer)(x)
            x = tf.keras.layers.ReLU()(x)
        x = tf.keras.layers.MaxPool2D()(x)
        if normalise:
            x = tf.keras.layers.BatchNormalization(momentum=momentum)(x)
    x = tf.keras.layers.Flatten()(x)
    for _ in range(2):
        x = tf.keras.layers.Dense(units, activation="relu", kernel_initializer=initializer)(x)
    return tf.keras.Model(image, tf.keras.layers.Dense(10, kernel_initializer=initializer)(x))
