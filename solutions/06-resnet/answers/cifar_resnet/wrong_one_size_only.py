# A functional model for photographs of 16×16 pixels only.
# Loses: test_cifar_resnet
# Told: expected shape=(None, 16, 16, 3)
def cifar_resnet(blocks: int, filters: tuple = (16, 32, 64), classes: int = 10, shortcut: str = "padding") -> tf.keras.Model:
    inputs = tf.keras.Input((16, 16, 3))
    x = tf.keras.layers.Conv2D(filters[0], 3, padding="same", use_bias=False, kernel_initializer="he_normal")(inputs)
    x = tf.keras.layers.BatchNormalization(momentum=0.9)(x)
    x = tf.keras.layers.Activation("relu")(x)
    channels = filters[0]
    for level, wide in enumerate(filters):
        for place in range(blocks):
            x = ResidualBlock(channels, wide, 2 if level > 0 and place == 0 else 1, shortcut)(x)
            channels = wide
    x = tf.keras.layers.GlobalAveragePooling2D()(x)
    return tf.keras.Model(inputs, tf.keras.layers.Dense(classes)(x))
