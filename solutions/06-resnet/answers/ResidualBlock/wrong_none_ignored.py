# Adds the input also where no shortcut is asked for.
# Loses: test_ResidualBlock
# Told: there is a shortcut, but shortcut="none" has none
class ResidualBlock(tf.keras.layers.Layer):
    def __init__(self, channels: int, filters: int, stride: int = 1, shortcut: str = "projection"):
        super().__init__()
        def conv(size, step):
            return tf.keras.layers.Conv2D(filters, size, step, padding="same", use_bias=False, kernel_initializer="he_normal")

        self.filters, self.stride, self.shortcut = filters, stride, shortcut
        self.same = stride == 1 and channels == filters
        self.conv1, self.conv2 = conv(3, stride), conv(3, 1)
        self.bn1 = tf.keras.layers.BatchNormalization(momentum=0.9)
        self.bn2 = tf.keras.layers.BatchNormalization(momentum=0.9)
        if shortcut == "projection" and not self.same:
            self.conv3 = conv(1, stride)
            self.bn3 = tf.keras.layers.BatchNormalization(momentum=0.9)

    def call(self, inputs, training=None):
        x = tf.nn.relu(self.bn1(self.conv1(inputs), training=training))
        x = self.bn2(self.conv2(x), training=training)
        if self.same:
            way = inputs
        elif self.shortcut == "projection":
            way = self.bn3(self.conv3(inputs), training=training)
        elif self.shortcut == "none":
            way = 0.0
        else:
            way = padding_shortcut(inputs, self.filters, self.stride)
        return tf.nn.relu(x + way)
