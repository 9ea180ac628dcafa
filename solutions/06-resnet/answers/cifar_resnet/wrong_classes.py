# wrong: always ten logits; breaks "classes"
# Loses: test_cifar_resnet
# Told: `classes` is ignored
def cifar_resnet(blocks: int, filters: tuple = (16, 32, 64), classes: int = 10, shortcut: str = "padding") -> tf.keras.Model:
    """A residual network of 6·blocks + 2 layers, for small photographs of shape (n, height, width, 3).

    Stem: 3×3 convolution with filters[0] kernels (padding "same", stride 1, no biases, "he_normal"),
    batch normalisation (momentum 0.9), ReLU. Then three stages, the mean of each map, a dense layer.

    Parameters
    ----------
    blocks
        how many in each stage: 3 for ResNet-20.
    filters
        of the three stages; their strides are 1, 2, 2.
    classes
        how many logits are returned.
    shortcut
        of all blocks, as in `ResidualBlock`; "none" makes the plain network of the same depth.

    Returns
    -------
    tf.keras.Model
        returns logits of shape (n, classes), for photographs of any size.
    """
    image = tf.keras.Input((None, None, 3))
    maps = tf.keras.layers.Conv2D(filters[0], 3, padding="same", use_bias=False, kernel_initializer="he_normal")(image)
    maps = tf.keras.layers.BatchNormalization(momentum=0.9)(maps)
    maps = tf.keras.layers.ReLU()(maps)
    channels = filters[0]
    for number, stride in zip(filters, (1, 2, 2), strict=True):
        maps = stage(channels, number, blocks, stride, shortcut)(maps)
        channels = number
    vector = tf.keras.layers.GlobalAveragePooling2D()(maps)
    return tf.keras.Model(image, tf.keras.layers.Dense(10)(vector))
