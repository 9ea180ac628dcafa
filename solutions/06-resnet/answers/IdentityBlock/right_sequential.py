# right: F is a Sequential, Keras's Add and ReLU layers
class IdentityBlock(tf.keras.layers.Layer):
    """y = ReLU(F(x) + x), as in the picture on the left."""

    def __init__(self, filters: int):
        super().__init__()

        def conv():
            return tf.keras.layers.Conv2D(filters, (3, 3), strides=1, padding="same", use_bias=False, kernel_initializer="he_normal")

        def norm():
            return tf.keras.layers.BatchNormalization(axis=-1, momentum=0.9)

        self.network = tf.keras.Sequential([conv(), norm(), tf.keras.layers.ReLU(), conv(), norm()])
        self.add = tf.keras.layers.Add()
        self.relu = tf.keras.layers.Activation("relu")

    def call(self, inputs, training=None):
        return self.relu(self.add([self.network(inputs, training=training), inputs]))
