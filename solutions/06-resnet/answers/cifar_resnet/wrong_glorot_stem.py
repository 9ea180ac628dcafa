# The stem's kernels are drawn as Keras does it without being told.
# Loses: test_cifar_resnet
# Told: he_normal
def cifar_resnet(blocks: int, filters: tuple = (16, 32, 64), classes: int = 10, shortcut: str = "padding") -> tf.keras.Model:
    first, second, third = filters
    return tf.keras.Sequential([
        tf.keras.layers.Conv2D(first, 3, padding="same", use_bias=False),
        tf.keras.layers.BatchNormalization(momentum=0.9),
        tf.keras.layers.ReLU(),
        stage(first, first, blocks, 1, shortcut),
        stage(first, second, blocks, 2, shortcut),
        stage(second, third, blocks, 2, shortcut),
        tf.keras.layers.GlobalAveragePooling2D(),
        tf.keras.layers.Dense(classes),
    ])
