# wrong: a 3×3 mean on the shortcut, which flat photographs do not show; breaks "What is added is the block's input"
# Loses: test_IdentityBlock
# Told: The steps and their order should be those of the picture on the left
class IdentityBlock(tf.keras.layers.Layer):
    """y = ReLU(F(x) + x)."""

    def __init__(self, filters: int):
        super().__init__()
        make = dict(padding="same", use_bias=False, kernel_initializer="he_normal")
        self.conv1 = tf.keras.layers.Conv2D(filters, 3, **make)
        self.norm1 = tf.keras.layers.BatchNormalization(momentum=0.9)
        self.conv2 = tf.keras.layers.Conv2D(filters, 3, **make)
        self.norm2 = tf.keras.layers.BatchNormalization(momentum=0.9)

    def call(self, inputs, training=None):
        x = self.norm1(self.conv1(inputs), training=training)
        x = tf.nn.relu(x)
        x = self.norm2(self.conv2(x), training=training)
        return tf.nn.relu(x + tf.nn.avg_pool2d(inputs, 3, 1, "SAME"))
