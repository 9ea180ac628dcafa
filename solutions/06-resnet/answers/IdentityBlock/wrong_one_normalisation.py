# The second convolution has no batch normalisation.
# Loses: test_IdentityBlock
# Told: a batch normalisation is missing
class IdentityBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int):
        super().__init__()
        self.conv1 = tf.keras.layers.Conv2D(filters, 3, padding="same", use_bias=False, kernel_initializer="he_normal")
        self.conv2 = tf.keras.layers.Conv2D(filters, 3, padding="same", use_bias=False, kernel_initializer="he_normal")
        self.bn1 = tf.keras.layers.BatchNormalization(momentum=0.9)

    def call(self, inputs, training=None):
        x = self.bn1(self.conv1(inputs), training=training)
        x = tf.nn.relu(x)
        x = self.conv2(x)
        return tf.nn.relu(x + inputs)
