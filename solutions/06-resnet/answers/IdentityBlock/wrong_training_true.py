# Hands training=True to its batch normalisations, in inference as well.
# Loses: test_IdentityBlock
# Told: is always in training mode
class IdentityBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int):
        super().__init__()
        self.conv1 = tf.keras.layers.Conv2D(filters, 3, padding="same", use_bias=False, kernel_initializer="he_normal")
        self.conv2 = tf.keras.layers.Conv2D(filters, 3, padding="same", use_bias=False, kernel_initializer="he_normal")
        self.bn1 = tf.keras.layers.BatchNormalization(momentum=0.9)
        self.bn2 = tf.keras.layers.BatchNormalization(momentum=0.9)

    def call(self, inputs, training=None):
        x = self.bn1(self.conv1(inputs), training=True)
        x = tf.nn.relu(x)
        x = self.bn2(self.conv2(x), training=True)
        return tf.nn.relu(x + inputs)
