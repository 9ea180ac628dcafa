# wrong: always 1000 logits; breaks "classes: how many logits are returned"
# Loses: test_resnet34
# Told: `classes` is ignored
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
    image = tf.keras.Input((224, 224, 3))
    maps = tf.keras.layers.Conv2D(64, 7, strides=2, padding="same", use_bias=False, kernel_initializer="he_normal")(image)
    maps = tf.keras.layers.BatchNormalization(momentum=0.9)(maps)
    maps = tf.keras.layers.ReLU()(maps)
    maps = tf.keras.layers.MaxPooling2D(3, strides=2, padding="same")(maps)
    channels = 64
    for blocks, filters, stride in ((3, 64, 1), (4, 128, 2), (6, 256, 2), (3, 512, 2)):
        maps = stage(channels, filters, blocks, stride)(maps)
        channels = filters
    vector = tf.keras.layers.GlobalAveragePooling2D()(maps)
    return tf.keras.Model(image, tf.keras.layers.Dense(1000)(vector))
