# right: Sequential that learns its input's shape at the first call
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
    a, b, c = filters
    stem = [
        tf.keras.layers.Conv2D(a, 3, strides=1, padding="same", use_bias=False, kernel_initializer="he_normal"),
        tf.keras.layers.BatchNormalization(momentum=0.9),
        tf.keras.layers.ReLU(),
    ]
    stages = [stage(a, a, blocks, 1, shortcut), stage(a, b, blocks, 2, shortcut), stage(b, c, blocks, 2, shortcut)]
    return tf.keras.Sequential([tf.keras.Input((None, None, 3)), *stem, *stages, tf.keras.layers.GlobalAveragePooling2D(), tf.keras.layers.Dense(classes)])
