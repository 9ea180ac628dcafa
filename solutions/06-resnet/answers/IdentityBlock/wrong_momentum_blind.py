# wrong: momentum 0.99; breaks "The batch normalisations have momentum 0.9"
# Loses: test_IdentityBlock
# Told: the momentum is Keras's default, 0.99
class IdentityBlock(tf.keras.layers.Layer):
    """y = ReLU(F(x) + x)."""

    def __init__(self, filters: int):
        super().__init__()
        make = dict(padding="same", use_bias=False, kernel_initializer="he_normal")
        self.conv1 = tf.keras.layers.Conv2D(filters, 3, **make)
        self.norm1 = tf.keras.layers.BatchNormalization()
        self.conv2 = tf.keras.layers.Conv2D(filters, 3, **make)
        self.norm2 = tf.keras.layers.BatchNormalization()

    def call(self, inputs, training=None):
        x = self.norm1(self.conv1(inputs), training=training)
        x = tf.nn.relu(x)
        x = self.norm2(self.conv2(x), training=training)
        return tf.nn.relu(x + inputs)
