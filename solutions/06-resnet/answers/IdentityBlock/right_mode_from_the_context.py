# Does not name `training` at all: Keras 3 hands the mode on to inner layers by itself.
class IdentityBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int):
        super().__init__()
        self.conv1 = tf.keras.layers.Conv2D(filters, 3, padding="same", use_bias=False, kernel_initializer="he_normal")
        self.conv2 = tf.keras.layers.Conv2D(filters, 3, padding="same", use_bias=False, kernel_initializer="he_normal")
        self.bn1 = tf.keras.layers.BatchNormalization(momentum=0.9)
        self.bn2 = tf.keras.layers.BatchNormalization(momentum=0.9)

    def call(self, inputs):
        x = tf.nn.relu(self.bn1(self.conv1(inputs)))
        return tf.nn.relu(inputs + self.bn2(self.conv2(x)))
