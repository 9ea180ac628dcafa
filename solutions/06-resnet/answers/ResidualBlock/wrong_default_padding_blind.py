# wrong: the default of `shortcut` was changed; breaks the signature shortcut="projection"
# Loses: test_ResidualBlock
# Told: the default of `shortcut` is not "projection"
class ResidualBlock(tf.keras.layers.Layer):
    """y = ReLU(F(x) + shortcut(x)), for every shape."""

    def __init__(self, channels: int, filters: int, stride: int = 1, shortcut: str = "padding"):
        super().__init__()
        make = {"padding": "same", "use_bias": False, "kernel_initializer": "he_normal"}
        self.filters, self.stride, self.shortcut = filters, stride, shortcut
        self.changes = stride != 1 or channels != filters
        self.conv1 = tf.keras.layers.Conv2D(filters, 3, strides=stride, **make)
        self.norm1 = tf.keras.layers.BatchNormalization(momentum=0.9)
        self.conv2 = tf.keras.layers.Conv2D(filters, 3, **make)
        self.norm2 = tf.keras.layers.BatchNormalization(momentum=0.9)
        if self.changes and shortcut == "projection":
            self.project = tf.keras.layers.Conv2D(filters, 1, strides=stride, **make)
            self.project_norm = tf.keras.layers.BatchNormalization(momentum=0.9)

    def call(self, inputs, training=None):
        x = tf.nn.relu(self.norm1(self.conv1(inputs), training=training))
        x = self.norm2(self.conv2(x), training=training)
        if self.shortcut == "none":
            return tf.nn.relu(x)
        if not self.changes:
            return tf.nn.relu(x + inputs)
        if self.shortcut == "padding":
            return tf.nn.relu(x + padding_shortcut(inputs, self.filters, self.stride))
        return tf.nn.relu(x + self.project_norm(self.project(inputs), training=training))
