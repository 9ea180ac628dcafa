# right: a subclass with a local class
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
    class Network(tf.keras.Model):
        def __init__(self):
            super().__init__()
            self.conv = tf.keras.layers.Conv2D(filters[0], 3, padding="same", use_bias=False, kernel_initializer="he_normal")
            self.norm = tf.keras.layers.BatchNormalization(momentum=0.9)
            self.rows = [stage(filters[max(0, i - 1)], filters[i], blocks, min(2, i + 1), shortcut) for i in range(3)]
            self.dense = tf.keras.layers.Dense(classes)

        def call(self, inputs, training=None):
            maps = tf.nn.relu(self.norm(self.conv(inputs), training=training))
            for row in self.rows:
                maps = row(maps, training=training)
            return self.dense(tf.reduce_mean(maps, axis=[1, 2]))

    return Network()
