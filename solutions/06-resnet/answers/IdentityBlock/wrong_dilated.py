# wrong: the second convolution is dilated: not the 3×3 neighbours; breaks "a 3×3 convolution"
# Loses: test_IdentityBlock
# Told: The steps and their order should be those of the picture on the left
class IdentityBlock(tf.keras.layers.Layer):
    """y = ReLU(F(x) + x)."""

    def __init__(self, filters: int):
        super().__init__()
        make = dict(padding="same", use_bias=False, kernel_initializer="he_normal")
        self.conv1 = tf.keras.layers.Conv2D(filters, 3, **make)
        self.norm1 = tf.keras.layers.BatchNormalization(momentum=0.9)
        self.conv2 = tf.keras.layers.Conv2D(filters, 3, dilation_rate=2, **make)
        self.norm2 = tf.keras.layers.BatchNormalization(momentum=0.9)

    def call(self, inputs, training=None):
        x = self.norm1(self.conv1(inputs), training=training)
        x = tf.nn.relu(x)
        x = self.norm2(self.conv2(x), training=training)
        return tf.nn.relu(x + inputs)
