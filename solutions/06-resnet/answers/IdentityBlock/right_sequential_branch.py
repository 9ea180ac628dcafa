# F is a Sequential; the training mode reaches its layers through it.
class IdentityBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int):
        super().__init__()
        conv = dict(padding="same", use_bias=False, kernel_initializer="he_normal")
        self.branch = tf.keras.Sequential([
            tf.keras.layers.Conv2D(filters, 3, **conv),
            tf.keras.layers.BatchNormalization(momentum=0.9),
            tf.keras.layers.Activation("relu"),
            tf.keras.layers.Conv2D(filters, 3, **conv),
            tf.keras.layers.BatchNormalization(momentum=0.9),
        ])

    def call(self, inputs, training=None):
        return tf.keras.activations.relu(self.branch(inputs, training=training) + inputs)
