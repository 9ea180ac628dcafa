# right: Sequential without an input, built by hand at the end
def resnet34(classes: int = 1000) -> tf.keras.Model:
    """ResNet-34 for photographs of shape (n, 224, 224, 3): the table above.

    The stem's convolution has padding "same", no biases and "he_normal" kernels, its batch normalisation
    momentum 0.9, its pooling padding "same". The stages have projection shortcuts.

    Parameters
    ----------
    classes
        how many logits are returned.

    Returns
    -------
    tf.keras.Model
        returns logits of shape (n, classes).
    """
    network = tf.keras.Sequential()
    network.add(tf.keras.layers.Conv2D(filters=64, kernel_size=7, strides=2, padding="same", use_bias=False, kernel_initializer="he_normal"))
    network.add(tf.keras.layers.BatchNormalization(momentum=0.9))
    network.add(tf.keras.layers.ReLU())
    network.add(tf.keras.layers.MaxPooling2D(pool_size=3, strides=2, padding="same"))
    before = 64
    for number, (count, width) in enumerate(((3, 64), (4, 128), (6, 256), (3, 512))):
        network.add(stage(before, width, count, stride=1 + (number > 0)))
        before = width
    network.add(tf.keras.layers.GlobalAveragePooling2D())
    network.add(tf.keras.layers.Dense(classes))
    network.build((None, 224, 224, 3))
    return network
