# right: without `stage`: all blocks in one loop
def layers(blocks, filters, shortcut):
    arriving = filters[0]
    for place, width in enumerate(filters):
        for block in range(blocks):
            yield ResidualBlock(arriving, width, 2 if place and not block else 1, shortcut)
            arriving = width


def cifar_resnet(blocks: int, filters: tuple = (16, 32, 64), classes: int = 10, shortcut: str = "padding") -> tf.keras.Model:
    """6n + 2 layers."""
    x = image = tf.keras.Input(shape=(None, None, 3), name="photographs")
    x = tf.keras.layers.Conv2D(filters[0], kernel_size=(3, 3), padding="same", use_bias=False, kernel_initializer="he_normal")(x)
    x = tf.keras.layers.Activation("relu")(tf.keras.layers.BatchNormalization(momentum=0.9)(x))
    for layer in layers(blocks, filters, shortcut):
        x = layer(x)
    return tf.keras.Model(inputs=image, outputs=tf.keras.layers.Dense(classes)(tf.keras.layers.GlobalAvgPool2D()(x)))
