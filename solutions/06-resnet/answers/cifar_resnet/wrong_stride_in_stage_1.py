# The first stage has stride 2, too.
# Loses: test_cifar_resnet
# Told: The strides of the stages should be 1, 2 and 2
def cifar_resnet(blocks: int, filters: tuple = (16, 32, 64), classes: int = 10, shortcut: str = "padding") -> tf.keras.Model:
    first, second, third = filters
    return tf.keras.Sequential([
        tf.keras.layers.Conv2D(first, 3, padding="same", use_bias=False, kernel_initializer="he_normal"),
        tf.keras.layers.BatchNormalization(momentum=0.9),
        tf.keras.layers.ReLU(),
        stage(first, first, blocks, 2, shortcut),
        stage(first, second, blocks, 2, shortcut),
        stage(second, third, blocks, 2, shortcut),
        tf.keras.layers.GlobalAveragePooling2D(),
        tf.keras.layers.Dense(classes),
    ])
