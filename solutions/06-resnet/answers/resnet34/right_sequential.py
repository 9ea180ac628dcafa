# right: Sequential with an input
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
    L = tf.keras.layers
    return tf.keras.Sequential([
        L.InputLayer(shape=(224, 224, 3)),
        L.Conv2D(64, 7, 2, "same", use_bias=False, kernel_initializer="he_normal"),
        L.BatchNormalization(momentum=0.9),
        L.ReLU(),
        L.MaxPool2D(3, 2, "same"),
        stage(64, 64, 3, 1, "projection"),
        stage(64, 128, 4, 2, "projection"),
        stage(128, 256, 6, 2, "projection"),
        stage(256, 512, 3, 2, "projection"),
        L.GlobalAvgPool2D(),
        L.Dense(classes),
    ])
