# Hands training=False to its batch normalisations, so that they never learn.
# Loses: test_IdentityBlock
# Told: hand `training` on to it
class IdentityBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int):
        super().__init__()
        self.conv1 = tf.keras.layers.Conv2D(filters, 3, padding="same", use_bias=False, kernel_initializer="he_normal")
        self.conv2 = tf.keras.layers.Conv2D(filters, 3, padding="same", use_bias=False, kernel_initializer="he_normal")
        self.bn1 = tf.keras.layers.BatchNormalization(momentum=0.9)
        self.bn2 = tf.keras.layers.BatchNormalization(momentum=0.9)

    def call(self, inputs, training=None):
        x = self.bn1(self.conv1(inputs), training=False)
        x = tf.nn.relu(x)
        x = self.bn2(self.conv2(x), training=False)
        return tf.nn.relu(x + inputs)
